package dev.tagrouter.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Tag;
import dev.tagrouter.core.tagging.Tagger;
import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.dataset.BrokenLines;
import dev.tagrouter.lab.dataset.ByteLines;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tags queries line by line on all cores: answers come in the order of the lines, a few hundred lines are held at a time,
 * and where reading has to wait, everything read so far is answered first.
 */
final class BulkTagging {
    private static final int MOST_LINES = 256;
    private static final int MOST_BYTES = 1 << 20;
    private static final int PARTS_A_CORE = 4;
    private static final JsonFactory JSON = new JsonFactory();

    private final Tagger tagger;
    private final boolean json;
    private final BrokenLines broken;
    private final int cores;

    /** Lines that are tagged together. */
    private record Part(List<byte[]> lines, long firstNumber, boolean jsonLines) {}

    /** What they became; where a line ends the run, what came before it. */
    private record Answered(
            String text, int queries, @Nullable IOException end) {}

    /** @param json whether to answer by JSON, or by lines for people */
    BulkTagging(Tagger tagger, boolean json, BrokenLines broken, int cores) {
        this.tagger = tagger;
        this.json = json;
        this.broken = broken;
        this.cores = cores;
    }

    /**
     * Answers every line; ends early without complaint where the reader of the answers went away.
     *
     * @param done told how many queries are answered
     * @return how many that were
     */
    long run(ByteLines lines, PrintWriter out, LongConsumer done) throws IOException {
        Deque<Future<Answered>> pending = new ArrayDeque<>();
        long queries = 0;
        boolean jsonLines = false;
        try (ExecutorService threads = Executors.newFixedThreadPool(cores)) {
            for (Part part = next(lines, jsonLines); part != null; part = next(lines, jsonLines)) {
                Part ready = part;
                jsonLines = part.jsonLines();
                pending.add(threads.submit(() -> answered(ready, lines)));
                boolean waits = lines.drained();
                while (pending.size() >= PARTS_A_CORE * cores || (waits && !pending.isEmpty())) {
                    queries += write(pending.removeFirst(), out);
                    done.accept(queries);
                }
                if (waits && out.checkError()) {
                    return queries;
                }
            }
            while (!pending.isEmpty()) {
                queries += write(pending.removeFirst(), out);
                done.accept(queries);
            }
        }
        return queries;
    }

    /** The first line decides whether all are JSON. */
    private static @Nullable Part next(ByteLines lines, boolean jsonLines) throws IOException {
        List<byte[]> part = new ArrayList<>();
        boolean isJson = jsonLines;
        long first = lines.number() + 1;
        int bytes = 0;
        while (part.size() < MOST_LINES && bytes < MOST_BYTES && !(lines.drained() && !part.isEmpty())) {
            byte[] line = lines.next();
            if (line == null) {
                break;
            }
            if (lines.number() == 1) {
                isJson = ByteLines.text(line, lines.place(1)).stripLeading().startsWith("{");
            }
            part.add(line);
            bytes += line.length;
        }
        return part.isEmpty() ? null : new Part(part, first, isJson);
    }

    private static int write(Future<Answered> future, PrintWriter out) throws IOException {
        try {
            Answered answered = future.get();
            out.print(answered.text());
            if (answered.end() != null) {
                throw answered.end();
            }
            return answered.queries();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Answered answered(Part part, ByteLines lines) {
        StringWriter out = new StringWriter();
        int queries = 0;
        long number = part.firstNumber();
        for (byte[] line : part.lines()) {
            try {
                queries += answer(line, number, lines.place(number), part.jsonLines(), out) ? 1 : 0;
            } catch (LabException e) {
                try {
                    broken.add(e);
                } catch (LabException refused) {
                    return new Answered(out.toString(), queries, refused);
                }
            } catch (IOException e) {
                return new Answered(out.toString(), queries, e);
            }
            number++;
        }
        return new Answered(out.toString(), queries, null);
    }

    /** Whether there was a query: among JSON Lines a blank one is none. */
    private boolean answer(byte[] line, long number, String place, boolean jsonLines, StringWriter out)
            throws IOException {
        String text = ByteLines.text(line, place);
        JsonNode id = TextNode.valueOf(Long.toString(number));
        if (jsonLines) {
            if (text.isBlank()) {
                return false;
            }
            JsonNode object = object(text, place);
            id = object.has("id") ? object.get("id") : id;
            text = object.get("text").textValue();
        }
        Tags tags = tagger.tag(Query.of(text));
        if (json) {
            writeJson(id, tags, out);
        } else {
            out.write(id.asText() + "\t"
                    + tags.stated().stream().map(BulkTagging::shown).collect(Collectors.joining(", ")));
        }
        out.write('\n');
        return true;
    }

    private static String shown(Tag tag) {
        return tag.name() + " " + Figures.confidence(tag.confidence());
    }

    private static void writeJson(JsonNode id, Tags tags, StringWriter out) throws IOException {
        try (JsonGenerator generator = JSON.createGenerator(out)) {
            generator.writeStartObject();
            if (id.isTextual()) {
                generator.writeStringField("id", id.textValue());
            } else {
                generator.writeFieldName("id");
                generator.writeNumber(id.asText());
            }
            generator.writeArrayFieldStart("tags");
            for (int t = 0; t < tags.statedCount(); t++) {
                generator.writeStartObject();
                generator.writeStringField("tag", tags.name(t));
                generator.writeNumberField("confidence", tags.confidence(t));
                generator.writeEndObject();
            }
            generator.writeEndArray();
            generator.writeEndObject();
        }
    }

    private static JsonNode object(String line, String place) throws LabException {
        JsonNode node;
        try {
            node = Json.parse(line);
        } catch (JsonProcessingException e) {
            throw new LabException(
                    place + " is not JSON: " + e.getOriginalMessage()
                            + "; each line needs one object such as {\"id\":\"7\",\"text\":\"...\"}, as the first line has",
                    e);
        }
        if (!node.isObject() || !node.path("text").isTextual()) {
            throw new LabException(place + " has no \"text\" with a string; write {\"id\":\"7\",\"text\":\"...\"}");
        }
        JsonNode id = node.path("id");
        if (!id.isMissingNode() && !id.isTextual() && !id.isNumber()) {
            throw new LabException(place + " has the id " + id + "; give a string or a number, or leave it out");
        }
        return node;
    }
}
