package dev.tagrouter.lab.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A data folder of invented queries on which each model is good at something, with a teacher's tags and two pools. */
final class MadeUpData {
    static final List<String> MODELS = List.of("small", "coder", "strong");
    private static final List<String> SUBJECTS = List.of("sql database", "poem verse", "weather today");
    private static final List<String> TAGS = List.of("sql", "poetry", "weather");
    private static final double[][] MEANS = {{0.2, 0.2, 0.9}, {0.9, 0.2, 0.5}, {0.6, 0.9, 0.7}};

    private MadeUpData() {}

    /** Writes the folder; {@code missing} is the share of judgments of the coder that are left empty. */
    static void write(Path folder, int queries, double missing) throws IOException {
        Random random = new Random(11);
        StringBuilder quality = new StringBuilder("query,small,coder,strong\n");
        StringBuilder texts = new StringBuilder();
        StringBuilder tags = new StringBuilder();
        for (int i = 0; i < queries; i++) {
            int subject = random.nextInt(3);
            String text = "please " + SUBJECTS.get(subject) + " item " + random.nextInt(100_000) + " of " + i;
            quality.append(i);
            for (int m = 0; m < 3; m++) {
                double value = Math.max(0, Math.min(1, MEANS[m][subject] + 0.15 * random.nextGaussian()));
                boolean empty = m == 1 && random.nextDouble() < missing;
                quality.append(empty ? "," : String.format(Locale.ROOT, ",%.3f", value));
            }
            quality.append('\n');
            texts.append(String.format(
                    Locale.ROOT, "{\"id\":\"%d\",\"task\":\"%s\",\"text\":\"%s\"}%n", i, TAGS.get(subject), text));
            tags.append(String.format(
                    Locale.ROOT,
                    "{\"id\":\"t:%d\",\"lang\":\"en\",\"split\":\"train\",\"tags\":[\"%s\",\"request\"],\"text\":\"%s\"}%n",
                    i,
                    TAGS.get(subject),
                    text));
        }
        Files.createDirectories(folder.resolve("made"));
        Files.writeString(folder.resolve("made/quality.csv"), quality);
        Files.writeString(folder.resolve("made/queries.jsonl"), texts);
        Files.writeString(folder.resolve("tags.jsonl"), tags);
        Files.writeString(folder.resolve("pools.json"), """
                {"prices": {"small": [0.1, 0.1], "coder": [1, 1], "strong": [10, 10]},
                 "pools": [
                  {"name": "two", "data": "made", "models": ["small", "strong"], "tie_margin": 0.05},
                  {"name": "three", "data": "made", "models": ["small", "coder", "strong"]}]}
                """);
    }
}
