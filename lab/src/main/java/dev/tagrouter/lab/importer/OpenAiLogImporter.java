package dev.tagrouter.lab.importer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.dataset.BrokenLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A log of chat completions as JSON Lines: {@code {"request": {"model", "messages"}, "response": {"model", "usage",
 * "choices"}, "rating": ...}}, a line for each answer. The form of request and response is the API's own
 * (platform.openai.com/docs/api-reference/chat); how people rate answers differs, see {@link Rating}.
 *
 * <p>Lines with the same messages are one query, whoever answered; its text is what the user said, turn by turn. The
 * model is the one asked for. The answer's length is four characters for each of {@code usage.completion_tokens}, else
 * that of the first choice. A line without rating is counted and left out.
 */
final class OpenAiLogImporter implements Importer {
    private static final int CHARACTERS_PER_TOKEN = 4;

    private final Path from;
    private final Rating rating;

    OpenAiLogImporter(Path from, Rating rating) {
        this.from = from;
        this.rating = rating;
    }

    @Override
    public List<Path> files() throws IOException {
        if (!Files.isRegularFile(from)) {
            throw new LabException("'" + from + "' is no file; give one log as JSON Lines");
        }
        return List.of(from);
    }

    @Override
    public void read(Path file, InputStream in, Sink sink, BrokenLines broken) throws IOException {
        JsonRows.lines(file, in, broken, (row, place) -> read(row, place, sink));
    }

    private void read(JsonNode row, String place, Sink sink) throws IOException {
        JsonNode request = row.path("request");
        JsonNode messages = request.path("messages");
        if (!messages.isArray()) {
            throw new LabException(place + ": no list \"request\".\"messages\"; correct or remove the line");
        }
        String model = JsonRows.text(request, "model", place);
        double quality = rating.quality(row, place);
        if (Double.isNaN(quality)) {
            sink.unjudged();
            return;
        }
        String text = user(messages);
        int query = sink.query(ImportedQuery.checked(place, messages.toString(), "", "", "", "", text));
        sink.judgment(query, model, quality, length(row.path("response")));
    }

    private static String user(JsonNode messages) {
        List<String> turns = new ArrayList<>();
        for (JsonNode message : messages) {
            if (message.path("role").asText().equals("user")) {
                turns.add(content(message.path("content")));
            }
        }
        return String.join("\n\n", turns);
    }

    /** The text of a message: as it is, or of its parts that are texts. */
    private static String content(JsonNode content) {
        if (content.isTextual()) {
            return content.asText();
        }
        List<String> parts = new ArrayList<>();
        for (JsonNode part : content) {
            if (part.path("text").isTextual()) {
                parts.add(part.path("text").asText());
            }
        }
        return String.join("\n", parts);
    }

    private static double length(JsonNode response) {
        JsonNode tokens = response.path("usage").path("completion_tokens");
        if (tokens.isNumber() && tokens.asDouble() >= 0) {
            return CHARACTERS_PER_TOKEN * tokens.asDouble();
        }
        JsonNode answer = response.path("choices").path(0).path("message").path("content");
        return answer.isTextual()
                ? answer.asText().codePointCount(0, answer.asText().length())
                : Double.NaN;
    }
}
