package dev.tagrouter.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.gateway.flow.Fault;
import dev.tagrouter.gateway.flow.Prompt;
import dev.tagrouter.lab.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A conversation as a chat request has it, read as the gateway reads it. */
final class Messages {
    private Messages() {}

    /**
     * The value of {@code messages}, of which the parser stands at the first token.
     *
     * @throws LabException where it is no list of messages
     */
    static Query query(JsonParser json, JsonToken first, String place) throws IOException {
        Prompt prompt = new Prompt();
        try {
            prompt.readMessages(json, first);
        } catch (Fault e) {
            throw new LabException(place + ": " + e.getMessage(), e);
        }
        return prompt.query();
    }

    /** The conversation of a chat request's body; everything but its {@code messages} is passed over. */
    static Query ofBody(String body, String place) throws IOException {
        Query query = null;
        try (JsonParser json = Json.parser(body.getBytes(StandardCharsets.UTF_8))) {
            boolean object = json.nextToken() == JsonToken.START_OBJECT;
            while (object && json.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = json.currentName().equals("messages");
                JsonToken value = json.nextToken();
                if (wanted) {
                    query = query(json, value, place);
                } else {
                    json.skipChildren();
                }
            }
            if (object && json.nextToken() != null) {
                throw new LabException(place + " goes on after its JSON object; give one");
            }
        } catch (JsonProcessingException e) {
            throw new LabException(place + " is not JSON: " + e.getOriginalMessage(), e);
        }
        if (query == null) {
            throw new LabException(place + " has no \"messages\"; give "
                    + "{\"messages\":[{\"role\":\"user\",\"content\":\"...\"}]}, or leave --messages out");
        }
        return query;
    }
}
