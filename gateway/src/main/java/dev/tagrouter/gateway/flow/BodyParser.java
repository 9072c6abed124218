package dev.tagrouter.gateway.flow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.tagrouter.gateway.config.Ability;
import dev.tagrouter.gateway.config.Api;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's body once, from front to back: where {@code model} and {@code tagrouter} stand and what the
 * user said. Everything else is only checked to be JSON.
 */
final class BodyParser {
    private static final int MAX_DEPTH = 256;
    private static final Set<String> ONCE = Set.of("model", "messages", "input", "system", "instructions", "tagrouter");
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final Api api;
    private final Buffer body;
    private final byte[] bytes;
    private final Prompt prompt = new Prompt();
    private final Set<String> seen = new HashSet<>();
    private @Nullable String model;
    private ChatBody.@Nullable Span modelSpan;
    private ChatBody.@Nullable Span cut;
    private ChatBody.Wish wish = ChatBody.Wish.NONE;
    private final Set<Ability> abilities = EnumSet.noneOf(Ability.class);
    private long answerTokens;

    private BodyParser(Api api, Buffer body) {
        this.api = api;
        this.body = body;
        this.bytes = body.getBytes();
    }

    /** Parses a body of chat completions. */
    static ChatBody parse(Buffer body) throws Fault {
        return parse(Api.CHAT, body);
    }

    /** Parses a body, or says with status 400 what is wrong with it. */
    static ChatBody parse(Api api, Buffer body) throws Fault {
        return new BodyParser(api, body).parse();
    }

    /** The member that says what the user wants. */
    private static String asked(Api api) {
        return switch (api) {
            case CHAT, MESSAGES -> "messages";
            case RESPONSES, EMBEDDINGS -> "input";
        };
    }

    /** The member that holds a system prompt apart from the messages, or "". */
    private static String system(Api api) {
        return switch (api) {
            case MESSAGES -> "system";
            case RESPONSES -> "instructions";
            case CHAT, EMBEDDINGS -> "";
        };
    }

    private ChatBody parse() throws Fault {
        requireUtf8();
        try (JsonParser json = JSON.createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new Fault(FaultKind.INVALID_JSON, "the body is not a JSON object; send one", null);
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                member(json);
            }
            if (json.nextToken() != null) {
                throw new Fault(FaultKind.INVALID_JSON, "the body goes on after its JSON object; send one", null);
            }
        } catch (StreamConstraintsException e) {
            throw new Fault(
                    FaultKind.INVALID_JSON,
                    "the body is nested deeper than " + MAX_DEPTH + " levels or holds an oversized name or number",
                    null);
        } catch (JsonProcessingException e) {
            throw new Fault(
                    FaultKind.INVALID_JSON,
                    "the body is not valid JSON near byte "
                            + (e.getLocation() == null ? 0 : e.getLocation().getByteOffset()) + "; send valid JSON",
                    null);
        } catch (IOException e) {
            throw new Fault(FaultKind.INVALID_JSON, "the body is not valid UTF-8 JSON; send valid JSON", null);
        }
        if (model == null || modelSpan == null) {
            throw new Fault(
                    FaultKind.MISSING_VALUE,
                    "'model' is missing; give "
                            + (api == Api.EMBEDDINGS ? "" : "\"auto\" or ")
                            + "a model of /v1/models",
                    "model");
        }
        String asked = asked(api);
        // Responses may go on with a prompt, or a response, that the upstream has.
        if (!seen.contains(asked) && api != Api.RESPONSES) {
            String remedy = asked.equals("messages") ? "give at least one message" : "give what is asked";
            throw new Fault(FaultKind.MISSING_VALUE, "'" + asked + "' is missing; " + remedy, asked);
        }
        return new ChatBody(api, body, model, modelSpan, cut, wish, needs(), prompt.said(), prompt.query());
    }

    private Needs needs() {
        if (prompt.hasImage()) {
            abilities.add(Ability.VISION);
        }
        return abilities.isEmpty() && answerTokens == 0 ? Needs.NONE : new Needs(abilities, answerTokens);
    }

    /** Jackson would also read UTF-16 and a byte order mark, but where things stand is counted in plain UTF-8. */
    private void requireUtf8() throws Fault {
        for (int i = 0; i < Math.min(4, bytes.length); i++) {
            if (bytes[i] == 0 || bytes[i] < 0) {
                throw new Fault(
                        FaultKind.INVALID_JSON,
                        "the body does not begin as JSON in UTF-8 (compressed, in UTF-16, or with a byte order mark); send plain UTF-8",
                        null);
            }
        }
    }

    private void member(JsonParser json) throws IOException, Fault {
        String name = json.currentName();
        if (ONCE.contains(name) && !seen.add(name)) {
            throw new Fault(FaultKind.DUPLICATE_KEY, "'" + name + "' stands twice in the body; send it once", name);
        }
        int keyStart = (int) json.currentTokenLocation().getByteOffset();
        JsonToken value = json.nextToken();
        switch (name) {
            case "model" -> model(json, value);
            case "messages", "input", "system", "instructions" -> text(name, json, value);
            case "tagrouter" -> {
                wish = WishReader.ofBody(json, value);
                cut = memberSpan(keyStart, (int) json.currentLocation().getByteOffset());
            }
            case "tools", "functions" -> tools(json, value);
            case "response_format", "text", "output_config", "output_format" -> format(json, value);
            case "max_tokens", "max_completion_tokens", "max_output_tokens" -> answerTokens(json, value);
            default -> json.skipChildren();
        }
    }

    private void tools(JsonParser json, JsonToken value) throws IOException {
        if (value == JsonToken.START_ARRAY) {
            for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
                abilities.add(Ability.TOOLS);
                prompt.countWritten(json);
            }
        } else {
            json.skipChildren();
        }
    }

    /**
     * Chat says {@code response_format.type}, Responses {@code text.format.type}, Messages {@code output_config.format.type}
     * or, as it was spelt before, {@code output_format.type}.
     */
    private void format(JsonParser json, JsonToken value) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken inner = json.nextToken();
            if (name.equals("format")) {
                format(json, inner);
            } else if (name.equals("type")
                    && inner == JsonToken.VALUE_STRING
                    && json.getText().startsWith("json")) {
                abilities.add(Ability.JSON);
            } else {
                json.skipChildren();
            }
        }
    }

    private void answerTokens(JsonParser json, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NUMBER_INT) {
            double tokens = json.getDoubleValue();
            answerTokens = Math.max(answerTokens, (long) Math.min(Math.max(tokens, 0), Integer.MAX_VALUE));
        } else {
            json.skipChildren();
        }
    }

    /** What is text in one API is unknown, and none of our business, in another. */
    private void text(String name, JsonParser json, JsonToken value) throws IOException, Fault {
        if (name.equals(asked(api)) && api == Api.RESPONSES) {
            prompt.readInput(json, value);
        } else if (name.equals(asked(api)) && api != Api.EMBEDDINGS) {
            prompt.readMessages(json, value);
        } else if (name.equals(system(api))) {
            prompt.readSystem(json, value);
        } else {
            json.skipChildren();
        }
    }

    private void model(JsonParser json, JsonToken value) throws IOException, Fault {
        if (value != JsonToken.VALUE_STRING) {
            throw new Fault(
                    FaultKind.INVALID_VALUE, "'model' is not a string; give \"auto\" or a model's name", "model");
        }
        int start = (int) json.currentTokenLocation().getByteOffset();
        model = json.getText();
        modelSpan = new ChatBody.Span(start, (int) json.currentLocation().getByteOffset());
    }

    /** A member with the comma that parts it from the next one or, at the end of the object, the one before. */
    private ChatBody.Span memberSpan(int start, int end) {
        int after = end;
        while (after < bytes.length && isSpace(bytes[after])) {
            after++;
        }
        if (after < bytes.length && bytes[after] == ',') {
            return new ChatBody.Span(start, after + 1);
        }
        int before = start - 1;
        while (before > 0 && isSpace(bytes[before])) {
            before--;
        }
        return new ChatBody.Span(bytes[before] == ',' ? before : start, end);
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }
}
