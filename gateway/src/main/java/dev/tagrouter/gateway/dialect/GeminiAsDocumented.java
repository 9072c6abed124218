package dev.tagrouter.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.gateway.config.Api;
import java.util.ArrayList;
import java.util.List;

/**
 * Gemini's OpenAI endpoint as OpenAI documents it: errors are no list, streamed tool calls have their index, and a stream
 * that ends in calls says so. Requests go through as they are.
 */
final class GeminiAsDocumented implements Translation {
    private final Api api;

    GeminiAsDocumented(Api api) {
        this.api = api;
    }

    @Override
    public Api upstreamApi() {
        return api;
    }

    @Override
    public ErrorShape errorShape() {
        return ErrorShape.of(api);
    }

    @Override
    public ObjectNode answer(ObjectNode upstreamAnswer) {
        return upstreamAnswer;
    }

    @Override
    public Stream stream() {
        return new Mended();
    }

    private static final class Mended implements Stream {
        private final List<String> calls = new ArrayList<>();
        private boolean finished;

        @Override
        public void event(JsonNode data, Events out) {
            for (JsonNode choice : data.path("choices")) {
                finished |= Json.has(choice, "finish_reason");
                for (JsonNode call : choice.path("delta").path("tool_calls")) {
                    if (call instanceof ObjectNode object && !call.has("index")) {
                        object.put("index", indexOf(Json.text(call, "id")));
                    }
                }
                if (choice instanceof ObjectNode object
                        && !calls.isEmpty()
                        && Json.text(choice, "finish_reason").equals("stop")) {
                    object.put("finish_reason", "tool_calls");
                }
            }
            if (data instanceof ObjectNode object) {
                out.add(object);
            }
        }

        /** A call without an id goes on with the last one. */
        private int indexOf(String id) {
            if (!calls.contains(id) && !(id.isEmpty() && !calls.isEmpty())) {
                calls.add(id);
            }
            return id.isEmpty() ? calls.size() - 1 : calls.indexOf(id);
        }

        @Override
        public void done() {
            finished = true;
        }

        @Override
        public void finish(Events out) throws Garbled {
            if (!finished) {
                throw new Garbled("it ended before it was finished");
            }
            out.addDone();
        }
    }
}
