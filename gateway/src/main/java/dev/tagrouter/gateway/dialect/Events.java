package dev.tagrouter.gateway.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;

/** Server-sent events on their way to the client. */
final class Events {
    private Buffer out = Buffer.buffer();

    /** An event without a name, as chat completions have them. */
    void add(ObjectNode data) {
        out.appendString("data: ").appendBuffer(Json.bytes(data)).appendString("\n\n");
    }

    /** An event named as its {@code type}, as Messages and Responses have them. */
    void addTyped(ObjectNode data) {
        out.appendString("event: ").appendString(Json.text(data, "type")).appendString("\n");
        add(data);
    }

    /** The end of chat completions' streams. */
    void addDone() {
        out.appendString("data: [DONE]\n\n");
    }

    /** What was added since the last call. */
    Buffer take() {
        Buffer taken = out;
        out = Buffer.buffer();
        return taken;
    }
}
