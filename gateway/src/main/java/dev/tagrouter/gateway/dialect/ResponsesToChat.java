package dev.tagrouter.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.gateway.config.Api;
import dev.tagrouter.gateway.config.UpstreamConfig;
import java.util.List;

/**
 * A body of OpenAI's Responses as a body of chat completions.
 *
 * <p>Left out is what only labels, nudges or steers the server: {@code store}, {@code metadata}, {@code include},
 * {@code truncation}, {@code prompt_cache_key}, {@code service_tier}, {@code text.verbosity}, reasoning items. What needs
 * a server that remembers, or tools of its own, is refused.
 */
final class ResponsesToChat {
    private static final List<String> REFUSED = List.of("previous_response_id", "conversation", "prompt");

    private final ObjectNode from;
    private final UpstreamConfig upstream;
    private final ObjectNode to = Json.object();
    private final ArrayNode messages;
    /** What tools gave beside text, until all results in a row are told. */
    private ArrayNode given = to.arrayNode();

    /** @param upstream whom the body is for; one that does not speak chat completions has it translated once more */
    ResponsesToChat(ObjectNode from, UpstreamConfig upstream) {
        this.from = from;
        this.upstream = upstream;
        Json.copy(from, "model", to);
        this.messages = to.putArray("messages");
    }

    ObjectNode request() throws Untranslatable {
        refuse();
        if (from.path("instructions").isTextual()) {
            messages.addObject().put("role", "system").set("content", from.path("instructions"));
        }
        if (from.path("input").isTextual()) {
            messages.addObject().put("role", "user").set("content", from.path("input"));
        } else {
            for (JsonNode item : from.path("input")) {
                item(item);
            }
        }
        showWhatToolsGave();
        Json.copy(from, "max_output_tokens", to, upstream.isOpenAi() ? "max_completion_tokens" : "max_tokens");
        Json.copy(from, "temperature", to);
        Json.copy(from, "top_p", to);
        Json.copy(from, "user", to);
        if (from.path("reasoning").path("effort").isTextual()) {
            to.set("reasoning_effort", from.path("reasoning").path("effort"));
        }
        if (from.path("stream").asBoolean(false)) {
            to.put("stream", true).putObject("stream_options").put("include_usage", true);
        }
        tools();
        toolChoice();
        format();
        if (!Json.has(from, "input")) {
            throw new Untranslatable("'input' is missing; give what is asked", "input");
        }
        return to;
    }

    private Untranslatable refused(String what, String param) {
        return new Untranslatable(
                what + " has no counterpart in chat completions, by which this model's upstream is asked; leave it out,"
                        + " or, if the server speaks Responses, add responses to upstreams." + upstream.name()
                        + ".apis",
                param);
    }

    private void refuse() throws Untranslatable {
        for (String member : REFUSED) {
            if (Json.has(from, member)) {
                throw refused("'" + member + "'", member);
            }
        }
        if (from.path("background").asBoolean(false)) {
            throw refused("'background'", "background");
        }
        if (from.path("top_logprobs").asInt(0) > 0) {
            throw refused("'top_logprobs'", "top_logprobs");
        }
    }

    private void item(JsonNode item) throws Untranslatable {
        String type = Json.text(item, "type");
        switch (type) {
            case "", "message" -> message(item);
            case "function_call" ->
                Chat.call(
                        assistant(), Json.text(item, "call_id"), Json.text(item, "name"), Json.text(item, "arguments"));
            case "function_call_output" -> toolOutput(item);
            case "item_reference" ->
                throw new Untranslatable(
                        "an input item of type 'item_reference' names what the server should have stored, and this gateway"
                                + " stores no items; send \"store\": false, so that your client sends them whole (AI SDK:"
                                + " providerOptions.openai.store = false)",
                        "input");
            case "reasoning" -> {} // Only the model that thought it can read it.
            default -> throw refused("an input item of type '" + Untranslatable.shown(type) + "'", "input");
        }
    }

    /** Calls belong to the assistant's message before them. */
    private ObjectNode assistant() {
        showWhatToolsGave();
        return messages.path(messages.size() - 1) instanceof ObjectNode last
                        && Json.text(last, "role").equals("assistant")
                ? last
                : messages.addObject().put("role", "assistant").putNull("content");
    }

    /**
     * A tool's message takes text only; what else there is follows as the user's. Anthropic's take all, so that it stays
     * where it is for an upstream that is asked by Messages.
     */
    private void toolOutput(JsonNode item) throws Untranslatable {
        JsonNode said = content(item.path("output"));
        if (said.isArray() && upstream.speaks(Api.CHAT)) {
            ArrayNode texts = to.arrayNode();
            for (JsonNode part : said) {
                (Json.text(part, "type").equals("text") ? texts : given).add(part);
            }
            said = Chat.simplest(texts);
        }
        messages.addObject()
                .put("role", "tool")
                .put("tool_call_id", Json.text(item, "call_id"))
                .set("content", said);
    }

    /** Not before the last of several results: they have to follow their calls without a gap. */
    private void showWhatToolsGave() {
        if (!given.isEmpty()) {
            messages.addObject().put("role", "user").set("content", given);
            given = to.arrayNode();
        }
    }

    private void message(JsonNode item) throws Untranslatable {
        showWhatToolsGave();
        String role = Json.text(item, "role");
        messages.addObject()
                .put("role", role.equals("developer") ? "system" : role)
                .set("content", content(item.path("content")));
    }

    private JsonNode content(JsonNode content) throws Untranslatable {
        if (content.isTextual()) {
            return content;
        }
        ArrayNode parts = to.arrayNode();
        for (JsonNode part : content) {
            String type = Json.text(part, "type");
            switch (type) {
                case "input_text", "output_text", "text" -> Chat.text(parts, Json.text(part, "text"));
                case "refusal" -> Chat.text(parts, Json.text(part, "refusal"));
                case "input_image" -> {
                    requireNoId(part);
                    Chat.image(parts, Json.text(part, "image_url"));
                }
                case "input_file" -> {
                    requireNoId(part);
                    Chat.file(parts, Json.text(part, "filename"), Json.text(part, "file_data"));
                }
                default -> throw refused("content of type '" + Untranslatable.shown(type) + "'", "input");
            }
        }
        return Chat.simplest(parts);
    }

    private void requireNoId(JsonNode part) throws Untranslatable {
        if (Json.has(part, "file_id") || Json.has(part, "file_url")) {
            throw refused("a file by its id or address", "input");
        }
    }

    private void tools() throws Untranslatable {
        JsonNode tools = from.path("tools");
        if (tools.isEmpty()) {
            return;
        }
        ArrayNode out = to.putArray("tools");
        for (JsonNode tool : tools) {
            String type = Json.text(tool, "type");
            if (!type.equals("function")) {
                throw refused("a tool of type '" + Untranslatable.shown(type) + "'", "tools");
            }
            ObjectNode function =
                    Chat.function(out, tool.path("name"), tool.path("description"), tool.path("parameters"));
            if (tool.path("strict").isBoolean()) {
                function.set("strict", tool.path("strict"));
            }
        }
        Json.copy(from, "parallel_tool_calls", to);
    }

    private void toolChoice() throws Untranslatable {
        JsonNode choice = from.path("tool_choice");
        if (Chat.choosesNothing(choice, to)) {
            return;
        }
        if (choice.isTextual()) {
            to.set("tool_choice", choice);
        } else if (Json.text(choice, "type").equals("function")) {
            to.putObject("tool_choice")
                    .put("type", "function")
                    .putObject("function")
                    .set("name", choice.path("name"));
        } else if (choice.isObject()) {
            throw refused(
                    "tool_choice of type '" + Untranslatable.shown(Json.text(choice, "type")) + "'", "tool_choice");
        }
    }

    private void format() throws Untranslatable {
        JsonNode format = from.path("text").path("format");
        String type = Json.text(format, "type");
        switch (type) {
            case "", "text" -> {}
            case "json_object" -> to.putObject("response_format").put("type", type);
            case "json_schema" -> {
                ObjectNode schema = format.deepCopy();
                schema.remove("type");
                to.putObject("response_format").put("type", type).set("json_schema", schema);
            }
            default -> throw refused("text.format of type '" + Untranslatable.shown(type) + "'", "text");
        }
    }
}
