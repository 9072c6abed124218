package dev.tagrouter.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
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
import java.nio.charset.StandardCharsets;
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
    private static final JsonFactory JSON =
            new JsonFactoryBuilder().rootValueSeparator((String) null).build();

    private final Tagger tagger;
    private final boolean json;
    private final BrokenLines broken;
    private final int cores;

    /** Lines that are tagged together. */
    private record Part(List<byte[]> lines, long firstNumber, boolean jsonLines) {}

    /** What they became; where a line ends the run, what came before it. */
    private record Answered(
            String text, int queries, @Nullable IOException end) {}

    /** A query with its id. */
    private record Asked(Id id, Query query) {}

    /** An id as it was given: a string, or a number to be written like one. */
    private record Id(String text, boolean number) {}

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

    private Answered answered(Part part, ByteLines lines) throws IOException {
        StringWriter out = new StringWriter();
        int queries = 0;
        long number = part.firstNumber();
        try (JsonGenerator generator = JSON.createGenerator(out)) {
            for (byte[] line : part.lines()) {
                try {
                    queries += answer(line, number, lines.place(number), part.jsonLines(), generator) ? 1 : 0;
                } catch (LabException e) {
                    broken.add(e);
                }
                number++;
            }
        } catch (LabException refused) {
            return new Answered(out.toString(), queries, refused);
        }
        return new Answered(out.toString(), queries, null);
    }

    /** Whether there was a query: among JSON Lines a blank one is none. */
    private boolean answer(byte[] line, long number, String place, boolean jsonLines, JsonGenerator out)
            throws IOException {
        String text = ByteLines.text(line, place);
        if (jsonLines && text.isBlank()) {
            return false;
        }
        Asked asked = jsonLines
                ? asked(line, number, place)
                : new Asked(new Id(Long.toString(number), false), Query.of(text));
        Tags tags = tagger.tag(asked.query());
        if (json) {
            write(asked.id(), tags, out);
        } else {
            out.writeRaw(asked.id().text() + "\t"
                    + tags.stated().stream().map(BulkTagging::shown).collect(Collectors.joining(", ")));
        }
        out.writeRaw('\n');
        return true;
    }

    private static String shown(Tag tag) {
        return tag.name() + " " + Figures.confidence(tag.confidence());
    }

    private static void write(Id id, Tags tags, JsonGenerator out) throws IOException {
        out.writeStartObject();
        if (id.number()) {
            out.writeFieldName("id");
            out.writeNumber(id.text());
        } else {
            out.writeStringField("id", id.text());
        }
        out.writeArrayFieldStart("tags");
        for (int t = 0; t < tags.statedCount(); t++) {
            out.writeStartObject();
            out.writeStringField("tag", tags.name(t));
            out.writeNumberField("confidence", tags.confidence(t));
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /** Reads what is needed of a line and passes over the rest. */
    private static Asked asked(byte[] line, long number, String place) throws IOException {
        Id id = new Id(Long.toString(number), false);
        Query query = null;
        try (JsonParser parser = Json.parser(line)) {
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            while (object && parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                boolean text = name.equals("text") && value == JsonToken.VALUE_STRING;
                if (name.equals("id")) {
                    id = id(parser, value, line, place);
                } else if (text || name.equals("messages")) {
                    if (query != null) {
                        throw new LabException(place + " has both \"text\" and \"messages\"; give one of them");
                    }
                    query = text ? Query.of(parser.getText()) : Messages.query(parser, value, place);
                } else {
                    parser.skipChildren();
                }
            }
            if (object && parser.nextToken() != null) {
                throw notJson(place, "it goes on after its object", null);
            }
        } catch (JsonProcessingException e) {
            throw notJson(place, e.getOriginalMessage(), e);
        }
        if (query == null) {
            throw new LabException(place + " has no \"text\" with a string and no \"messages\"; "
                    + "write {\"id\":\"7\",\"text\":\"...\"}");
        }
        return new Asked(id, query);
    }

    private static Id id(JsonParser parser, JsonToken value, byte[] line, String place) throws IOException {
        if (value == JsonToken.VALUE_STRING || value.isNumeric()) {
            return new Id(parser.getText(), value.isNumeric());
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        int end = (int) parser.currentLocation().getByteOffset();
        String shown = new String(line, start, end - start, StandardCharsets.UTF_8);
        throw new LabException(place + " has the id " + shown + "; give a string or a number, or leave it out");
    }

    private static LabException notJson(String place, String why, @Nullable Throwable cause) {
        return new LabException(
                place + " is not JSON: " + why
                        + "; each line needs one object such as {\"id\":\"7\",\"text\":\"...\"}, as the first line has",
                cause);
    }
}
