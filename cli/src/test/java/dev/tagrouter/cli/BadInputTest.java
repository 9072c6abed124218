package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Judgments that make no sense: {@code evaluate} and {@code learn} refuse them in one line, or say how they treat them. */
class BadInputTest {
    private static final int QUERIES = 120;

    @TempDir
    private Path folder = Path.of("");

    /** Every test has the same texts and tags, so that taggers are trained once. */
    @TempDir
    private static Path cache = Path.of("");

    /** Writes a data folder whose rows below the header are as given. */
    private void write(int rows, IntFunction<String> row) throws IOException {
        StringBuilder quality = new StringBuilder("query,small,large\n");
        StringBuilder texts = new StringBuilder();
        StringBuilder tags = new StringBuilder();
        for (int i = 0; i < QUERIES; i++) {
            String text = (i % 2 == 0 ? "say hello nicely " : "prove the theorem ") + i * 7919 % 1009;
            quality.append(i < rows ? row.apply(i) + "\n" : "");
            texts.append("{\"id\":\"" + i + "\",\"text\":\"" + text + "\"}\n");
            tags.append("{\"id\":\"x:" + i + "\",\"text\":\"" + text + "\",\"tags\":[\""
                    + (i % 2 == 0 ? "greeting" : "proof") + "\"]}\n");
        }
        Files.createDirectories(folder.resolve("set"));
        Files.createDirectories(folder.resolve("tags"));
        Files.writeString(folder.resolve("set/quality.csv"), quality);
        Files.writeString(folder.resolve("set/queries.jsonl"), texts);
        Files.writeString(folder.resolve("tags/teacher_tags.jsonl"), tags);
        Files.writeString(folder.resolve("prices.csv"), "model,input,output\nsmall,0.1,0.1\nlarge,10,10\n");
        pools("\"small\", \"large\"");
    }

    private void pools(String models) throws IOException {
        Files.writeString(
                folder.resolve("pools.json"),
                "{\"prices\": {\"small\": [0.1, 0.1], \"large\": [10, 10], \"ghost\": [1, 1]}, \"pools\": [{\"name\":"
                        + " \"pair\", \"data\": \"set\", \"models\": [" + models + "]}]}");
    }

    private Cli.Result evaluate(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "evaluate",
                "--data",
                folder.toString(),
                "--methods",
                "shrunk-means",
                "--cache",
                cache.toString(),
                "--out",
                folder.resolve("out").toString(),
                "--quiet"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(new String[0]));
    }

    private Cli.Result learn(Path data) {
        return run(
                "learn",
                "--data",
                data.toString(),
                "--prices",
                folder.resolve("prices.csv").toString(),
                "--out",
                folder.resolve("profile").toString(),
                "--quiet");
    }

    private Cli.Result learn() {
        return learn(folder.resolve("set"));
    }

    private static Cli.Result run(String... arguments) {
        return Cli.plain(new byte[0], false, arguments);
    }

    private static void assertRefused(Cli.Result run, String... parts) {
        List<String> errors = run.err()
                .lines()
                .filter(line -> !line.contains("no sentence embedder is on the class path"))
                .toList();
        assertThat(run.exit()).as(run.err()).isEqualTo(1);
        assertThat(errors).hasSize(1);
        assertThat(errors.getFirst()).contains(parts).doesNotContain("Exception");
    }

    @Test
    void aPoolWithAModelThatNobodyJudgedIsRefusedBeforeAnythingIsTrained() throws IOException {
        write(QUERIES, i -> i + ",0.5,1");
        pools("\"small\", \"ghost\"");
        assertRefused(evaluate(), "pool pair", "'ghost'", "no column of '", "small, large");
        assertRefused(evaluate("--dry-run"), "pool pair", "'ghost'", "no column of '");
        pools("\"small\", \"nobody\"");
        assertRefused(evaluate(), "'nobody'", "no price");
        pools("\"small\"");
        assertRefused(evaluate(), "pool pair", "two or more");
    }

    @Test
    void oneQueryIsTooFewToEvaluateAndLearnedWithAWarning() throws IOException {
        write(1, i -> i + ",0.5,1");
        assertRefused(evaluate(), "1 queries", "fewer --folds");
        Cli.Result learned = learn();
        assertThat(learned.exit()).isZero();
        assertThat(learned.err()).contains("only 1 judged query,", "judge 50 or more");
        write(0, i -> "");
        assertRefused(evaluate(), "no row below the header");
        assertRefused(learn(), "no row below the header");
    }

    @Test
    void allTiesAreSaid() throws IOException {
        write(QUERIES, i -> i + ",0.5,0.5");
        Cli.Result evaluated = evaluate();
        assertThat(evaluated.exit()).as(evaluated.err()).isZero();
        assertThat(evaluated.out())
                .contains("no answer ever beats the cheapest model's")
                .doesNotContain("NaN");
        assertThat(learn().out()).contains("No theta wins quality").doesNotContain("NaN");
    }

    @Test
    void missingJudgmentsAreLeftOutAndCounted() throws IOException {
        write(QUERIES, i -> i + (i % 4 == 0 ? ",," : ",0.5,") + (i % 2 == 0 ? "1" : "0"));
        assertThat(evaluate().out()).contains("90 queries (30 left out: a candidate not judged)");
        write(QUERIES, i -> i + ",,1");
        assertRefused(evaluate(), "0 queries on which every candidate was judged");
        assertRefused(learn(), "'small'", "no judgment");
    }

    @Test
    void impossibleQualitiesNameTheirCell() throws IOException {
        for (String bad : List.of("NaN", "Infinity", "1.01", "-0.5", "good")) {
            write(QUERIES, i -> i + (i == 7 ? "," + bad : ",0.5") + ",1");
            assertRefused(evaluate(), "quality.csv, line 9, column small: '" + bad + "'");
            assertRefused(learn(), "quality.csv, line 9, column small: '" + bad + "'");
        }
    }

    @Test
    void anIdStandsOnce() throws IOException {
        write(QUERIES, i -> Math.min(i, QUERIES - 2) + ",0.5,1");
        assertRefused(evaluate(), "quality.csv, line " + (QUERIES + 1), "stands twice");
        write(QUERIES, i -> i + ",0.5,1");
        Path texts = folder.resolve("set/queries.jsonl");
        Files.writeString(texts, "{\"id\":\"3\",\"text\":\"another\"}\n" + Files.readString(texts));
        assertRefused(learn(), "queries.jsonl, line 5", "'3' stands twice");
        Path csv = Files.writeString(folder.resolve("j.csv"), "id,text,small,large\na,x,1,0\na,y,0,1\n");
        assertRefused(learn(csv), "j.csv, line 3", "'a' stands twice");
    }

    @Test
    void otherEncodingsAreNotGuessed() throws IOException {
        write(QUERIES, i -> i + ",0.5,1");
        Path csv = folder.resolve("latin.csv");
        Files.write(csv, "text,small,large\ncaf\u00e9,0.5,1\n".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(learn(csv), "latin.csv is not UTF-8", "iconv");
        Files.write(
                folder.resolve("set/queries.jsonl"),
                "{\"id\":\"0\",\"text\":\"caf\u00e9\"}\n".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(learn(), "queries.jsonl", "not UTF-8", "iconv");
    }
}
