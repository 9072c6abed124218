package dev.tagrouter.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A body of chat completions as a body of Anthropic's Messages.
 *
 * <p>Left out, as at Anthropic's own endpoint for OpenAI's clients, is what only nudges or labels: {@code seed},
 * penalties, {@code logit_bias}, {@code metadata}, {@code store}, {@code reasoning_effort}, {@code verbosity},
 * {@code service_tier}; so is a {@code user} who is a mail address or a telephone number, and {@code top_p} beside
 * {@code temperature}, which Anthropic refuses. What would be missed is refused.
 */
final class ChatToMessages {
    /** Messages need a limit; every current model of Anthropic's can do this many, and fewer would cut long answers. */
    static final int USUAL_MAX_TOKENS = 32_000;

    /** Anthropic's limit; it bounds the search for addresses, too. */
    private static final int MOST_USER_CHARACTERS = 256;

    private static final List<String> REFUSED =
            List.of("functions", "function_call", "audio", "prediction", "web_search_options");

    /** What looks like a mail address or a telephone number, neither of which Anthropic wants to be told. */
    private static final Pattern ADDRESS = Pattern.compile("\\S@\\S|(?<![\\w-])\\+?\\(?\\d[\\d ().-]{5,}\\d(?![\\w-])");

    private final ObjectNode from;
    private final ObjectNode to = Json.object();
    private final ArrayNode system = to.arrayNode();
    private final ArrayNode messages = to.arrayNode();
    /** The user's last word is none: without it the model would go on with its own. */
    private boolean lastSaysNothing;
    /** How much of {@link #system} stood before the assistant's last words. */
    private int systemBefore;

    ChatToMessages(ObjectNode from) {
        this.from = from;
    }

    ObjectNode request() throws Untranslatable {
        refuse();
        Json.copy(from, "model", to);
        to.put("max_tokens", USUAL_MAX_TOKENS);
        Json.copy(from, "max_tokens", to);
        Json.copy(from, "max_completion_tokens", to, "max_tokens");
        for (JsonNode message : from.path("messages")) {
            message(message);
        }
        seeToTheEnd();
        if (!system.isEmpty()) {
            to.set("system", system);
        }
        to.set("messages", messages);
        stop();
        if (from.path("temperature").isNumber()) {
            BigDecimal temperature = from.path("temperature").decimalValue();
            to.put("temperature", temperature.min(BigDecimal.ONE));
        } else { // Newer models refuse the two together.
            Json.copy(from, "top_p", to);
        }
        Json.copy(from, "stream", to);
        String user = Json.text(from, "user");
        if (!user.isEmpty()
                && user.length() <= MOST_USER_CHARACTERS
                && !ADDRESS.matcher(user).find()) {
            to.putObject("metadata").put("user_id", user);
        }
        tools();
        toolChoice();
        format();
        return to;
    }

    /** Anthropic refuses blank ones; without one the answer would go on where the client wants it to end. */
    private void stop() throws Untranslatable {
        JsonNode stop = from.path("stop");
        if (stop.isTextual()) {
            to.putArray("stop_sequences").add(stop);
        } else {
            Json.copy(from, "stop", to, "stop_sequences");
        }
        for (JsonNode sequence : to.path("stop_sequences")) {
            if (sequence.isTextual() && sequence.textValue().isBlank()) {
                throw refused("a stop sequence of nothing but blanks", "stop");
            }
        }
    }

    private static Untranslatable refused(String what, String param) {
        return new Untranslatable(
                what + " has no counterpart in Anthropic's Messages, which this model's upstream speaks; leave it out,"
                        + " or name a model of another upstream",
                param);
    }

    private void refuse() throws Untranslatable {
        for (String member : REFUSED) {
            if (Json.has(from, member)) {
                throw refused("'" + member + "'", member);
            }
        }
        if (from.path("n").asInt(1) != 1) {
            throw refused("'n' other than 1", "n");
        }
        if (from.path("logprobs").asBoolean(false)) {
            throw refused("'logprobs'", "logprobs");
        }
        for (JsonNode modality : from.path("modalities")) {
            if (!modality.asText().equals("text")) {
                throw refused("a modality other than text", "modalities");
            }
        }
    }

    /**
     * Anthropic's models go on with a last message of their own, which a client that ends with one wants; behind which the
     * system has spoken it wants an answer to that, and so the user says it. So too where nobody but the system has spoken.
     */
    private void seeToTheEnd() throws Untranslatable {
        boolean nobodySpoke = messages.isEmpty() && system.isEmpty();
        if (lastSaysNothing || (nobodySpoke && !from.path("messages").isEmpty())) {
            throw new Untranslatable(
                    "the last message says nothing, which Anthropic's Messages, which this model's upstream speaks, do not take;"
                            + " write something, or name a model of another upstream",
                    "messages");
        }
        if ((messages.isEmpty() || isLast("assistant")) && system.size() > systemBefore) {
            ArrayNode behind = to.arrayNode();
            while (system.size() > systemBefore) {
                behind.add(system.remove(systemBefore));
            }
            say("user", behind);
        }
    }

    private boolean isLast(String role) {
        return Json.text(messages.path(messages.size() - 1), "role").equals(role);
    }

    private void message(JsonNode message) throws Untranslatable {
        String role = Json.text(message, "role");
        JsonNode content = message.path("content");
        int systemParts = system.size();
        boolean saidNothing = lastSaysNothing;
        lastSaysNothing = false;
        switch (role) {
            case "system", "developer" -> {
                add(content, system);
                lastSaysNothing = saidNothing && system.size() == systemParts;
            }
            case "user" -> {
                ArrayNode blocks = to.arrayNode();
                add(content, blocks);
                say("user", blocks);
                lastSaysNothing = blocks.isEmpty();
            }
            case "assistant" -> {
                ArrayNode blocks = assistant(message);
                say("assistant", blocks);
                systemBefore = blocks.isEmpty() ? systemBefore : system.size();
            }
            case "tool" -> {
                ArrayNode results = to.arrayNode();
                ObjectNode result = results.addObject()
                        .put("type", "tool_result")
                        .put("tool_use_id", MessagesOverChat.callId(Json.text(message, "tool_call_id")));
                add(content, result.putArray("content"));
                say("user", results);
            }
            default -> throw refused("a message of the role '" + Untranslatable.shown(role) + "'", "messages");
        }
    }

    /**
     * What one side says in a row is one message: all results of tools belong to the message after their calls. Who says
     * nothing has none, since Anthropic refuses empty messages.
     */
    private void say(String role, ArrayNode blocks) {
        if (isLast(role)) {
            ((ArrayNode) messages.path(messages.size() - 1).path("content")).addAll(blocks);
        } else if (!blocks.isEmpty()) {
            messages.addObject().put("role", role).set("content", blocks);
        }
    }

    private ArrayNode assistant(JsonNode message) throws Untranslatable {
        ArrayNode blocks = to.arrayNode();
        add(message.path("content"), blocks);
        addText(Json.text(message, "refusal"), blocks);
        for (JsonNode call : message.path("tool_calls")) {
            JsonNode function = call.path("function");
            if (!function.isObject()) {
                throw refused("a tool call that is no function's", "messages");
            }
            String arguments = Json.text(function, "arguments");
            JsonNode input = arguments.isBlank() ? Json.object() : Json.read(arguments);
            if (input == null || !input.isObject()) {
                throw new Untranslatable(
                        "the arguments of tool call '" + Untranslatable.shown(Json.text(call, "id"))
                                + "' are no JSON object; send them as the model gave them",
                        "messages");
            }
            MessagesOverChat.toolUse(blocks.addObject(), Json.text(call, "id"), Json.text(function, "name"))
                    .set("input", input);
        }
        return blocks;
    }

    private static void add(JsonNode content, ArrayNode blocks) throws Untranslatable {
        addText(content.isTextual() ? content.textValue() : "", blocks);
        for (JsonNode part : content) {
            String type = Json.text(part, "type");
            switch (type) {
                case "text" -> addText(Json.text(part, "text"), blocks);
                case "refusal" -> addText(Json.text(part, "refusal"), blocks);
                case "image_url" ->
                    blocks.addObject()
                            .put("type", "image")
                            .set("source", source(Json.text(part.path("image_url"), "url")));
                case "file" -> {
                    String data = Json.text(part.path("file"), "file_data");
                    if (data.isEmpty()) {
                        throw refused("a file by its id", "messages");
                    }
                    blocks.addObject().put("type", "document").set("source", source(data));
                }
                default -> throw refused("content of type '" + Untranslatable.shown(type) + "'", "messages");
            }
        }
    }

    /** Anthropic refuses blank texts. */
    private static void addText(String text, ArrayNode blocks) {
        if (!text.isBlank()) {
            Chat.text(blocks, text);
        }
    }

    private static ObjectNode source(String url) {
        int comma = url.indexOf(";base64,");
        if (!url.startsWith("data:") || comma < 0) {
            return Json.object().put("type", "url").put("url", url);
        }
        return Json.object()
                .put("type", "base64")
                .put("media_type", url.substring("data:".length(), comma))
                .put("data", url.substring(comma + ";base64,".length()));
    }

    private void tools() throws Untranslatable {
        JsonNode tools = from.path("tools");
        if (tools.isEmpty()) {
            return;
        }
        ArrayNode out = to.putArray("tools");
        for (JsonNode tool : tools) {
            if (!(tool.path("function") instanceof ObjectNode function)) {
                throw refused("a tool that is no function", "tools");
            }
            ObjectNode translated = out.addObject();
            Json.copy(function, "name", translated);
            Json.copy(function, "description", translated);
            Json.copy(function, "strict", translated);
            JsonNode schema = inputSchema(function.path("parameters"));
            boolean isStrict = function.path("strict").asBoolean(false);
            // A reference or a choice loses its type on the way, and at the top may not.
            translated.set("input_schema", isStrict ? inputSchema(AnthropicSchema.of(schema)) : schema);
        }
    }

    /** OpenAI takes parameters without a type, Anthropic only those of an object. */
    private static JsonNode inputSchema(JsonNode parameters) {
        if (parameters.isMissingNode() || parameters.isNull()) {
            return Json.object().put("type", "object");
        }
        if (!(parameters instanceof ObjectNode schema) || Json.has(schema, "type")) {
            return parameters;
        }
        ObjectNode typed = Json.object().put("type", "object");
        schema.forEachEntry((member, value) -> {
            if (!member.equals("type")) {
                typed.set(member, value);
            }
        });
        return typed;
    }

    private void toolChoice() throws Untranslatable {
        JsonNode choice = from.path("tool_choice");
        if (Chat.choosesNothing(choice, to)) {
            return;
        }
        ObjectNode out = Json.object();
        if (choice.isObject()) {
            String name = Json.text(choice.path("function"), "name");
            if (name.isEmpty()) {
                throw refused("tool_choice of this type", "tool_choice");
            }
            out.put("type", "tool").put("name", name);
        } else if (choice.isTextual()) {
            out.put("type", choice.textValue().equals("required") ? "any" : choice.textValue());
        }
        boolean oneByOne = !from.path("parallel_tool_calls").asBoolean(true);
        if (oneByOne && to.has("tools") && !Json.text(out, "type").equals("none")) {
            out.put("type", out.path("type").asText("auto")).put("disable_parallel_tool_use", true);
        }
        if (!out.isEmpty()) {
            to.set("tool_choice", out);
        }
    }

    private void format() throws Untranslatable {
        String type = Json.text(from.path("response_format"), "type");
        switch (type) {
            case "", "text" -> {}
            case "json_schema" -> {
                JsonNode schema =
                        from.path("response_format").path("json_schema").path("schema");
                to.putObject("output_config")
                        .putObject("format")
                        .put("type", type)
                        .set("schema", AnthropicSchema.of(schema));
            }
            default -> throw refused("response_format of type '" + Untranslatable.shown(type) + "'", "response_format");
        }
    }
}
