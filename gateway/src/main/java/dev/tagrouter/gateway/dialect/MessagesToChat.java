package dev.tagrouter.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A body of Anthropic's Messages as a body of chat completions.
 *
 * <p>What only steers cost, place or thinking is left out: {@code cache_control}, {@code thinking}, thinking blocks,
 * {@code service_tier}, {@code speed}, {@code context_management}, {@code output_config.effort}, a
 * {@code user_id} that is too long. What would change the answer is refused.
 */
final class MessagesToChat {
    private static final List<String> REFUSED = List.of("top_k", "container", "mcp_servers", "inference_geo");
    /** OpenAI refuses a longer name of a user; Claude Code's is. */
    private static final int MOST_USER_CHARACTERS = 64;

    private final ObjectNode from;
    private final boolean openAi;
    private final ToolNames names;
    private final ObjectNode to = Json.object();
    private final ArrayNode messages;

    /**
     * @param openAi whether OpenAI itself is asked
     * @param names told of the tools' names, for the way back
     */
    MessagesToChat(ObjectNode from, boolean openAi, ToolNames names) {
        this.from = from;
        this.openAi = openAi;
        this.names = names;
        Json.copy(from, "model", to);
        this.messages = to.putArray("messages");
    }

    ObjectNode request() throws Untranslatable {
        for (String member : REFUSED) {
            if (Json.has(from, member)
                    && !(from.path(member).isArray() && from.path(member).isEmpty())) {
                throw refused("'" + member + "'", member);
            }
        }
        system();
        for (JsonNode message : from.path("messages")) {
            message(message);
        }
        requireSomethingToAnswer();
        Json.copy(from, "max_tokens", to, openAi ? "max_completion_tokens" : "max_tokens");
        Json.copy(from, "stop_sequences", to, "stop");
        Json.copy(from, "temperature", to);
        Json.copy(from, "top_p", to);
        String user = Json.text(from.path("metadata"), "user_id");
        if (!user.isEmpty() && user.length() <= MOST_USER_CHARACTERS) {
            to.put("user", user);
        }
        if (from.path("stream").asBoolean(false)) {
            to.put("stream", true).putObject("stream_options").put("include_usage", true);
        }
        tools();
        toolChoice();
        format();
        return to;
    }

    private static Untranslatable refused(String what, String param) {
        return new Untranslatable(
                what + " has no counterpart in chat completions, which this model's upstream speaks; leave it out, or"
                        + " name a model of an upstream of kind anthropic",
                param);
    }

    private void system() throws Untranslatable {
        JsonNode system = from.path("system");
        ArrayNode parts = to.arrayNode();
        if (system.isTextual()) {
            Chat.text(parts, system.textValue());
        }
        for (JsonNode block : system) {
            if (!Json.text(block, "type").equals("text")) {
                throw refused("a system block that is no text", "system");
            }
            Chat.text(parts, Json.text(block, "text"));
        }
        if (!parts.isEmpty()) {
            messages.addObject().put("role", "system").set("content", Chat.simplest(parts));
        }
    }

    private void message(JsonNode message) throws Untranslatable {
        JsonNode content = message.path("content");
        String role = Json.text(message, "role");
        if (content.isTextual()) {
            messages.addObject().put("role", role).set("content", content);
        } else if (role.equals("assistant")) {
            assistant(content);
        } else {
            user(role, content);
        }
    }

    /** Anthropic's models go on with a last message of their own; by chat completions it would be answered anew. */
    private void requireSomethingToAnswer() throws Untranslatable {
        JsonNode said = from.path("messages");
        if (Json.text(said.path(said.size() - 1), "role").equals("assistant")) {
            throw refused("a last message of the assistant's, to be gone on with,", "messages");
        }
    }

    private void assistant(JsonNode blocks) throws Untranslatable {
        ObjectNode said = Json.object().put("role", "assistant");
        ArrayNode parts = to.arrayNode();
        for (JsonNode block : blocks) {
            String type = Json.text(block, "type");
            switch (type) {
                case "text" -> Chat.text(parts, Json.text(block, "text"));
                case "tool_use" ->
                    Chat.call(
                            said,
                            Json.text(block, "id"),
                            names.there(Json.text(block, "name")),
                            Json.text(block.path("input")));
                case "thinking", "redacted_thinking" -> {} // Only the model that thought it can read it.
                default ->
                    throw refused("a block of type '" + Untranslatable.shown(type) + "' of the assistant", "messages");
            }
        }
        // Nothing but thoughts is nothing said, which a message may not be.
        if (!parts.isEmpty() || said.has("tool_calls")) {
            said.set("content", parts.isEmpty() ? said.nullNode() : Chat.simplest(parts));
            messages.add(said);
        }
    }

    /** Tools' results are messages of their own and come first: they answer what stands right before them. */
    private void user(String role, JsonNode blocks) throws Untranslatable {
        ArrayNode parts = to.arrayNode();
        for (JsonNode block : blocks) {
            if (Json.text(block, "type").equals("tool_result")) {
                toolResult(block, parts);
            } else {
                part(block, parts);
            }
        }
        if (!parts.isEmpty()) {
            messages.addObject().put("role", role).set("content", Chat.simplest(parts));
        }
    }

    private void toolResult(JsonNode block, ArrayNode parts) throws Untranslatable {
        ArrayNode said = to.arrayNode();
        JsonNode content = block.path("content");
        if (block.path("is_error").asBoolean(false)) {
            Chat.text(said, "The tool failed.");
        }
        if (content.isTextual()) {
            Chat.text(said, content.textValue());
        }
        for (JsonNode part : content) {
            // A tool's message takes text only; what else there is follows as the user's.
            part(part, Json.text(part, "type").equals("text") ? said : parts);
        }
        messages.addObject()
                .put("role", "tool")
                .put("tool_call_id", Json.text(block, "tool_use_id"))
                .set("content", Chat.simplest(said));
    }

    private static void part(JsonNode block, ArrayNode parts) throws Untranslatable {
        String type = Json.text(block, "type");
        JsonNode source = block.path("source");
        switch (type) {
            case "text" -> Chat.text(parts, Json.text(block, "text"));
            case "image" -> Chat.image(parts, url(source));
            case "document" -> {
                if (block.path("citations").path("enabled").asBoolean(false)) {
                    throw refused("a document with citations", "messages");
                }
                if (Json.text(source, "type").equals("text")) {
                    Chat.text(parts, Json.text(source, "data"));
                } else if (Json.text(source, "type").equals("url")) {
                    throw refused("a document by its address", "messages");
                } else {
                    String title = Json.text(block, "title");
                    Chat.file(parts, title.isEmpty() ? "document.pdf" : title, url(source));
                }
            }
            default -> throw refused("a block of type '" + Untranslatable.shown(type) + "'", "messages");
        }
    }

    private static String url(JsonNode source) throws Untranslatable {
        return switch (Json.text(source, "type")) {
            case "base64" -> "data:" + Json.text(source, "media_type") + ";base64," + Json.text(source, "data");
            case "url" -> Json.text(source, "url");
            default -> throw refused("a source that is neither base64 nor url", "messages");
        };
    }

    private void tools() throws Untranslatable {
        JsonNode tools = from.path("tools");
        if (tools.isEmpty()) {
            return;
        }
        ArrayNode out = to.putArray("tools");
        for (JsonNode tool : tools) {
            String type = Json.text(tool, "type");
            if (!type.isEmpty() && !type.equals("custom")) {
                throw refused("a tool of type '" + Untranslatable.shown(type) + "'", "tools");
            }
            JsonNode name = tool.path("name");
            ObjectNode function = Chat.function(
                    out,
                    name.isTextual() ? to.textNode(names.there(name.textValue())) : name,
                    tool.path("description"),
                    tool.path("input_schema"));
            JsonNode strict = tool.path("strict");
            if (strict.isBoolean() && (!strict.booleanValue() || StrictSchema.is(tool.path("input_schema")))) {
                function.set("strict", strict);
            }
        }
    }

    private void toolChoice() throws Untranslatable {
        JsonNode choice = from.path("tool_choice");
        if (choice.isMissingNode() || choice.isNull() || Chat.choosesNothing(choice.path("type"), to)) {
            return;
        }
        String type = Json.text(choice, "type");
        switch (type) {
            case "auto", "none" -> to.put("tool_choice", type);
            case "any" -> to.put("tool_choice", "required");
            case "tool" ->
                to.putObject("tool_choice")
                        .put("type", "function")
                        .putObject("function")
                        .put("name", names.there(Json.text(choice, "name")));
            default -> throw refused("tool_choice of type '" + Untranslatable.shown(type) + "'", "tool_choice");
        }
        if (choice.path("disable_parallel_tool_use").asBoolean(false)) {
            to.put("parallel_tool_calls", false);
        }
    }

    private void format() throws Untranslatable {
        if (Json.has(from.path("output_config"), "format")) {
            format(from.path("output_config").path("format"), "output_config.format", "output_config");
        } else if (Json.has(from, "output_format")) { // As it was spelt before.
            format(from.path("output_format"), "output_format", "output_format");
        }
    }

    private void format(JsonNode format, String name, String param) throws Untranslatable {
        if (!Json.text(format, "type").equals("json_schema")) {
            throw refused(name + " of another type than json_schema", param);
        }
        to.putObject("response_format")
                .put("type", "json_schema")
                .putObject("json_schema")
                .put("name", "answer")
                .put("strict", StrictSchema.is(format.path("schema")))
                .set("schema", format.path("schema"));
    }
}
