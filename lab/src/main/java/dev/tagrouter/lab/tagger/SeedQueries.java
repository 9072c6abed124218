package dev.tagrouter.lab.tagger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Queries in Chinese and English that the project wrote itself (resource {@code seed-queries.tsv}, Apache-2.0):
 * templates filled with topics. They give a tagger that is trained on freely licensed teacher tags its Chinese, and the
 * everyday requests that benchmarks lack. All are training queries; nothing is ever measured on them.
 */
public final class SeedQueries {
    private static final String RESOURCE = "seed-queries.tsv";
    private static final String SLOT = "{}";
    private static final int TOPICS_PER_TASK = 14;

    private record Line(String kind, String chinese, String english, List<String> tags) {}

    private SeedQueries() {}

    /** All seed queries, both languages; the same in every run. */
    public static List<TaggedQuery> all() {
        List<Line> lines = read();
        List<TaggedQuery> queries = new ArrayList<>();
        int task = 0;
        for (Line line : lines) {
            switch (line.kind()) {
                case "task" -> fill(queries, line, slots(lines, "topic"), task++);
                case "codetask" -> fill(queries, line, slots(lines, "code"), task++);
                case "plain" -> add(queries, line.chinese(), line.english(), line.tags());
                case "topic", "code" -> {}
                default -> throw new IllegalStateException(RESOURCE + ": unknown kind '" + line.kind() + "'");
            }
        }
        return queries;
    }

    private static List<Line> slots(List<Line> lines, String kind) {
        return lines.stream().filter(line -> line.kind().equals(kind)).toList();
    }

    /** Fills a template with every few topics, beginning elsewhere for each template. */
    private static void fill(List<TaggedQuery> queries, Line template, List<Line> topics, int task) {
        int count = Math.min(TOPICS_PER_TASK, topics.size());
        for (int i = 0; i < count; i++) {
            Line topic = topics.get((5 * task + i * topics.size() / count) % topics.size());
            List<String> tags = new ArrayList<>(template.tags());
            topic.tags().stream().filter(tag -> !tags.contains(tag)).forEach(tags::add);
            add(
                    queries,
                    template.chinese().replace(SLOT, topic.chinese()),
                    template.english().replace(SLOT, topic.english()),
                    tags);
        }
    }

    private static void add(List<TaggedQuery> queries, String chinese, String english, List<String> tags) {
        List<String> chineseTags = new ArrayList<>(tags);
        chineseTags.add("chinese language");
        queries.add(new TaggedQuery("seed:" + queries.size(), "zh", false, chinese, chineseTags));
        queries.add(new TaggedQuery("seed:" + queries.size(), "en", false, english, tags));
    }

    private static List<Line> read() {
        List<Line> lines = new ArrayList<>();
        InputStream resource = SeedQueries.class.getResourceAsStream(RESOURCE);
        if (resource == null) {
            throw new IllegalStateException("resource " + RESOURCE + " is missing from the jar");
        }
        try (BufferedReader in = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            in.readLine();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] fields = line.split("\t", -1);
                lines.add(new Line(fields[0], fields[1], fields[2], List.of(fields[3].split(","))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }
}
