package dev.tagrouter.lab.teacher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.dataset.ByteLines;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file that tags are written to: one whole line for each query, only ever appended to, so that a run cut off at any
 * point has lost nothing but the line it was writing.
 *
 * <p>Opening it locks it, takes off a torn last line, and finds out which queries are done.
 */
final class TagLog implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TEACHER = "teacher";

    private final Path file;
    private final String teacher;
    private final FileChannel channel;
    private final Set<String> done = new HashSet<>();
    private boolean repaired;

    private TagLog(Path file, String teacher, FileChannel channel) {
        this.file = file;
        this.teacher = teacher;
        this.channel = channel;
    }

    /**
     * Opens or creates the file.
     *
     * @param teacher what writes the tags; lines of another one are refused, since tags of two teachers do not mix
     * @throws LabException when another run writes it, or it holds what no run has written
     */
    static TagLog open(Path file, String teacher) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        try {
            requireLock(file, channel);
            TagLog log = new TagLog(file, teacher, channel);
            log.readBack();
            return log;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void requireLock(Path file, FileChannel channel) throws IOException {
        boolean locked;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            locked = false;
        }
        if (!locked) {
            throw new LabException("another run writes '" + file + "' now; wait for it, or give another --out");
        }
    }

    private void readBack() throws IOException {
        ByteLines lines = new ByteLines(Channels.newInputStream(channel), file.toString());
        long whole = 0;
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            JsonNode entry = entry(line);
            if (entry == null && !lines.terminated()) {
                break;
            }
            if (entry == null) {
                throw new LabException(
                        lines.place(lines.number())
                                + " has no id with tags, so no run has written it; correct or remove it, or give another --out");
            }
            String by = entry.path(TEACHER).asText();
            if (!by.equals(teacher)) {
                throw new LabException(lines.place(lines.number()) + " was written by " + by + ", this run is "
                        + teacher + " (model@prompt); give another --out");
            }
            done.add(entry.path("id").asText());
            whole = lines.offset();
        }
        repaired = whole < channel.size();
        channel.truncate(whole);
        channel.position(whole);
        if (whole > 0 && !lines.terminated() && !repaired) {
            write("\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** What a line says, or null where it is torn. */
    private static @Nullable JsonNode entry(byte[] line) {
        try {
            JsonNode node = JSON.readTree(line);
            return node != null && node.has("id") && node.path("tags").isArray() ? node : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Whether a torn line was taken off. */
    boolean repaired() {
        return repaired;
    }

    boolean isDone(String id) {
        return done.contains(id);
    }

    /** Appends a query with its tags; returns when the operating system has the whole line. */
    synchronized void append(QueryFile.Line query, List<String> tags) throws IOException {
        ObjectNode entry = query.fields().deepCopy();
        ArrayNode list = entry.putArray("tags");
        tags.forEach(list::add);
        entry.put(TEACHER, teacher);
        // By way of a string: half a character, which JSON's escapes can carry, becomes a question mark and no failure.
        write((JSON.writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    @Override
    public void close() throws IOException {
        channel.force(true);
        channel.close();
    }
}
