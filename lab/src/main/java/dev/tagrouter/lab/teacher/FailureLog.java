package dev.tagrouter.lab.teacher;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.client.FreeTags;
import dev.tagrouter.client.FreeTags.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which queries got no tags in this run, and why: beside the tags in {@code NAME.failed.jsonl}, absent if there are none. */
final class FailureLog implements AutoCloseable {
    private static final int NAMED = 5;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final Map<Failure, TeacherRun.Failed> failures = new EnumMap<>(Failure.class);
    private @Nullable OutputStream out;

    private FailureLog(Path file) {
        this.file = file;
    }

    /** Forgets what failed in an earlier run: it is tried again in this one. */
    static FailureLog beside(Path tags) throws IOException {
        String name = String.valueOf(tags.getFileName());
        String stem = name.endsWith(".jsonl") ? name.substring(0, name.length() - ".jsonl".length()) : name;
        Path file = tags.resolveSibling(stem + ".failed.jsonl");
        Files.deleteIfExists(file);
        return new FailureLog(file);
    }

    synchronized void add(String id, FreeTags.Failed failed) throws IOException {
        OutputStream stream = out;
        if (stream == null) {
            stream = Files.newOutputStream(file);
            out = stream;
        }
        ObjectNode line = JSON.createObjectNode()
                .put("id", id)
                .put("failure", failed.failure().label())
                .put("detail", failed.detail());
        stream.write((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        TeacherRun.Failed before = failures.getOrDefault(failed.failure(), new TeacherRun.Failed(0, List.of()));
        List<String> ids = new ArrayList<>(before.firstIds());
        if (ids.size() < NAMED) {
            ids.add(id);
        }
        failures.put(failed.failure(), new TeacherRun.Failed(before.count() + 1, ids));
    }

    synchronized Map<Failure, TeacherRun.Failed> failures() {
        return new EnumMap<>(failures);
    }

    Path file() {
        return file;
    }

    @Override
    public synchronized void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
