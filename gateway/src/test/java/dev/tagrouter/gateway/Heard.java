package dev.tagrouter.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tagrouter.gateway.config.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a client makes of an answer, whichever API it speaks.
 *
 * @param calls name and arguments of each tool called
 * @param stop why it ended, in the API's own word
 * @param input tokens, those read from a cache among them; -1 where the answer does not say
 * @param output tokens; -1 where the answer does not say
 */
record Heard(String text, List<String> calls, String stop, long input, long output) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Heard whole(Api api, String body) {
        JsonNode root = json(body);
        return switch (api) {
            case CHAT -> chat(root);
            case MESSAGES -> messages(root);
            case RESPONSES -> responses(root);
            case EMBEDDINGS -> throw new IllegalArgumentException("nothing is said");
        };
    }

    private static Heard chat(JsonNode root) {
        JsonNode choice = root.path("choices").path(0);
        List<String> calls = new ArrayList<>();
        for (JsonNode call : choice.path("message").path("tool_calls")) {
            calls.add(called(
                    call.path("function").path("name"), call.path("function").path("arguments")));
        }
        return new Heard(
                choice.path("message").path("content").asText(""),
                calls,
                choice.path("finish_reason").asText(),
                root.path("usage").path("prompt_tokens").asLong(-1),
                root.path("usage").path("completion_tokens").asLong(-1));
    }

    private static Heard messages(JsonNode root) {
        StringBuilder text = new StringBuilder();
        List<String> calls = new ArrayList<>();
        for (JsonNode block : root.path("content")) {
            if (block.path("type").asText().equals("tool_use")) {
                calls.add(block.path("name").asText() + block.path("input"));
            } else {
                text.append(block.path("text").asText());
            }
        }
        JsonNode usage = root.path("usage");
        return new Heard(
                text.toString(),
                calls,
                root.path("stop_reason").asText(),
                usage.path("input_tokens").asLong(-1)
                        + usage.path("cache_read_input_tokens").asLong(0),
                usage.path("output_tokens").asLong(-1));
    }

    private static Heard responses(JsonNode root) {
        StringBuilder text = new StringBuilder();
        List<String> calls = new ArrayList<>();
        for (JsonNode item : root.path("output")) {
            if (item.path("type").asText().equals("function_call")) {
                calls.add(called(item.path("name"), item.path("arguments")));
            } else {
                text.append(item.path("content").path(0).path("text").asText());
            }
        }
        JsonNode usage = root.path("usage");
        return new Heard(
                text.toString(),
                calls,
                root.path("status").asText(),
                usage.path("input_tokens").asLong(-1),
                usage.path("output_tokens").asLong(-1));
    }

    private static String called(JsonNode name, JsonNode arguments) {
        return name.asText() + json(arguments.asText());
    }

    /** What a stream adds up to. */
    static Heard streamed(Api api, String body) {
        List<JsonNode> events = events(body);
        return switch (api) {
            case CHAT -> chatStream(events, body);
            case MESSAGES -> messagesStream(events);
            case RESPONSES -> responsesStream(events);
            case EMBEDDINGS -> throw new IllegalArgumentException("nothing is said");
        };
    }

    static List<JsonNode> events(String body) {
        List<JsonNode> events = new ArrayList<>();
        for (String line : body.lines().toList()) {
            if (line.startsWith("data: ") && !line.equals("data: [DONE]")) {
                events.add(json(line.substring(6)));
            }
        }
        return events;
    }

    private static Heard chatStream(List<JsonNode> events, String body) {
        StringBuilder text = new StringBuilder();
        Map<Integer, StringBuilder> calls = new TreeMap<>();
        String stop = "";
        JsonNode usage = JSON.missingNode();
        for (JsonNode event : events) {
            JsonNode choice = event.path("choices").path(0);
            text.append(choice.path("delta").path("content").asText(""));
            for (JsonNode call : choice.path("delta").path("tool_calls")) {
                calls.computeIfAbsent(call.required("index").asInt(), i -> new StringBuilder())
                        .append(call.path("function").path("name").asText(""))
                        .append(call.path("function").path("arguments").asText(""));
            }
            stop = choice.path("finish_reason").asText(stop).replace("null", stop);
            usage = event.path("usage").isObject() ? event.path("usage") : usage;
        }
        if (!body.endsWith("data: [DONE]\n\n")) {
            throw new AssertionError("no [DONE] at the end of " + body);
        }
        return new Heard(
                text.toString(),
                calls.values().stream().map(Heard::tidy).toList(),
                stop,
                usage.path("prompt_tokens").asLong(-1),
                usage.path("completion_tokens").asLong(-1));
    }

    private static String tidy(StringBuilder call) {
        int brace = call.indexOf("{");
        return call.substring(0, brace) + json(call.substring(brace));
    }

    private static Heard messagesStream(List<JsonNode> events) {
        StringBuilder text = new StringBuilder();
        List<StringBuilder> calls = new ArrayList<>();
        int open = -1;
        int blocks = 0;
        JsonNode end = JSON.missingNode();
        for (JsonNode event : events) {
            JsonNode delta = event.path("delta");
            switch (event.path("type").asText()) {
                case "content_block_start" -> {
                    require(open < 0 && event.path("index").asInt() == blocks, "a block begins out of turn");
                    open = blocks++;
                    if (event.path("content_block").path("type").asText().equals("tool_use")) {
                        calls.add(new StringBuilder(
                                event.path("content_block").path("name").asText()));
                    }
                }
                case "content_block_delta" -> {
                    require(event.path("index").asInt() == open, "a delta of a block that is not open");
                    text.append(delta.path("text").asText(""));
                    if (!calls.isEmpty()) {
                        calls.getLast().append(delta.path("partial_json").asText(""));
                    }
                }
                case "content_block_stop" -> open = -1;
                case "message_delta" -> end = event;
                default -> {}
            }
        }
        require(events.getLast().path("type").asText().equals("message_stop"), "no message_stop");
        // What message_delta leaves out, as Anthropic may, stands in message_start.
        JsonNode start = events.getFirst().path("message").path("usage");
        JsonNode usage = end.path("usage").has("input_tokens") ? end.path("usage") : start;
        return new Heard(
                text.toString(),
                calls.stream().map(Heard::tidy).toList(),
                end.path("delta").path("stop_reason").asText(),
                usage.path("input_tokens").asLong(-1)
                        + usage.path("cache_read_input_tokens").asLong(0),
                end.path("usage").path("output_tokens").asLong(-1));
    }

    /** The last event repeats everything; the deltas have to add up to it. */
    private static Heard responsesStream(List<JsonNode> events) {
        StringBuilder text = new StringBuilder();
        StringBuilder arguments = new StringBuilder();
        for (int i = 0; i < events.size(); i++) {
            require(events.get(i).path("sequence_number").asInt(-1) == i, "a sequence number is missing");
            switch (events.get(i).path("type").asText()) {
                case "response.output_text.delta" ->
                    text.append(events.get(i).path("delta").asText());
                case "response.function_call_arguments.delta" ->
                    arguments.append(events.get(i).path("delta").asText());
                default -> {}
            }
        }
        JsonNode response = events.getLast().path("response");
        Heard heard = responses(response);
        require(heard.text().contentEquals(text), "the text is not that of its deltas");
        StringBuilder whole = new StringBuilder();
        response.path("output")
                .forEach(item -> whole.append(item.path("arguments").asText("")));
        require(whole.compareTo(arguments) == 0, "the arguments are not those of their deltas");
        return heard;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
