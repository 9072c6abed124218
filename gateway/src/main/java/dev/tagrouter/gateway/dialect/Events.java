package dev.tagrouter.gateway.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;

/** Server-sent events on their way to the client. */
final class Events {
    private Buffer out = Buffer.buffer();

    /** An event without a name, as chat completions have them. */
    void add(ObjectNode data) {
        add("", data);
    }

    /** An event named as its {@code type}, as Messages and Responses have them. */
    void addTyped(ObjectNode data) {
        add("event: " + Json.text(data, "type") + "\n", data);
    }

    /** All of it or, where it cannot be written, nothing. */
    private void add(String name, ObjectNode data) {
        Buffer written = Json.bytes(data);
        out.appendString(name).appendString("data: ").appendBuffer(written).appendString("\n\n");
    }

    /** What every reader of events passes over. */
    void addComment() {
        out.appendString(": keep-alive\n\n");
    }

    /** The end of chat completions' streams. */
    void addDone() {
        out.appendString("data: [DONE]\n\n");
    }

    boolean isEmpty() {
        return out.length() == 0;
    }

    /** What was added since the last call. */
    Buffer take() {
        Buffer taken = out;
        out = Buffer.buffer();
        return taken;
    }
}
