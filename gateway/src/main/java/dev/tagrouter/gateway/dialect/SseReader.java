package dev.tagrouter.gateway.dialect;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads server-sent events from pieces of any size, as the HTML standard defines them: what is not complete yet waits,
 * in bytes, so that a piece may end within a character.
 */
final class SseReader {
    /** Who gets the events. */
    interface Sink {
        /** @param data its lines, joined by line feeds; never empty */
        void event(String name, String data) throws Garbled;
    }

    /** No model server sends an event of this size; what it holds is kept until it is complete. */
    static final int MOST_BYTES = 16 << 20;

    private final Sink sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String name = "";
    private boolean afterReturn;
    private boolean begun;

    SseReader(Sink sink) {
        this.sink = sink;
    }

    void read(Buffer piece) throws Garbled {
        byte[] bytes = piece.getBytes();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '\n' && afterReturn) {
                start = i + 1;
            } else if (b == '\n' || b == '\r') {
                line.write(bytes, start, i - start);
                start = i + 1;
                endLine();
            }
            afterReturn = b == '\r';
        }
        line.write(bytes, start, bytes.length - start);
        requireRoom();
    }

    /** Nothing more comes: some servers leave out the empty line after the last event. */
    void end() throws Garbled {
        if (line.size() > 0) {
            endLine();
        }
        dispatch();
    }

    private void endLine() throws Garbled {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (!begun) {
            begun = true;
            text = text.startsWith("\ufeff") ? text.substring(1) : text;
        }
        if (text.isEmpty()) {
            dispatch();
            return;
        }
        int colon = text.indexOf(':');
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(text.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
        if (field.equals("data")) {
            data.append(data.isEmpty() ? "" : "\n").append(value);
            requireRoom();
        } else if (field.equals("event")) {
            name = value;
        }
    }

    private void dispatch() throws Garbled {
        String complete = data.toString();
        String of = name;
        data.setLength(0);
        name = "";
        if (!complete.isEmpty()) {
            sink.event(of, complete);
        }
    }

    private void requireRoom() throws Garbled {
        if (line.size() + data.length() > MOST_BYTES) {
            throw new Garbled("it holds an event of more than " + MOST_BYTES + " bytes");
        }
    }
}
