package dev.tagrouter.lab.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.baseline.Lesson;
import dev.tagrouter.lab.baseline.Method;
import dev.tagrouter.lab.baseline.Methods;
import dev.tagrouter.lab.report.ResultsFile;
import dev.tagrouter.learning.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The protocol on invented data: what it finds, that nothing leaks, and what it refuses. */
class EvaluationTest {
    private static final int QUERIES = 400;

    @TempDir
    private Path folder = Path.of("");

    /** Taggers depend on texts and tags alone, so that tests with the same ones train them once. */
    @TempDir
    private static Path cache = Path.of("");

    /** Knows by heart what it was taught and nothing else: with a leak it would be an oracle. */
    private static final class ByHeart implements Method {
        private final String name;

        private ByHeart(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String description() {
            return "remembers texts";
        }

        @Override
        public Valuer fit(Lesson lesson, int trial) {
            Map<String, Integer> known = new HashMap<>();
            for (int i = 0; i < lesson.examples().size(); i++) {
                known.put(lesson.examples().get(i).query().turns().getFirst(), i);
            }
            return (example, value, costUsd) -> {
                Integer seen = known.get(example.query().turns().getFirst());
                for (int m = 0; m < value.length; m++) {
                    value[m] = seen == null ? 0.5 : lesson.quality(seen, m);
                    costUsd[m] = lesson.prices().get(m).sum();
                }
            };
        }
    }

    /** A method by another name. */
    private record Renamed(String name, Method method) implements Method {
        @Override
        public String description() {
            return method.description();
        }

        @Override
        public Valuer fit(Lesson lesson, int trial) throws IOException {
            return method.fit(lesson, trial);
        }
    }

    @BeforeEach
    void write() throws IOException {
        MadeUpData.write(folder, QUERIES, 0);
    }

    private List<PoolResult> run(List<Method> methods, String... pools) throws IOException {
        return run(cache, methods, pools);
    }

    private List<PoolResult> run(Path cache, List<Method> methods, String... pools) throws IOException {
        Pools file = Pools.read(folder.resolve("pools.json"));
        Evaluation.Plan plan = new Evaluation.Plan(
                folder,
                folder.resolve("tags.jsonl"),
                file,
                file.named(List.of(pools)),
                methods,
                5,
                200,
                1,
                cache,
                null);
        return new Evaluation(plan, Progress.silent()).run();
    }

    private static List<Method> tagMethods() throws IOException {
        return Methods.named(List.of("paper", "shrunk-means"));
    }

    @Test
    void findsWhatTheDataWereMadeWith() throws IOException {
        PoolResult three = run(tagMethods(), "three").getFirst();
        Score ours = three.score("tagrouter");

        assertThat(three.queries()).isEqualTo(QUERIES);
        assertThat(three.bestSingle()).isEqualTo("strong");
        assertThat(ours.point().qualityUplift()).isGreaterThan(0.1);
        assertThat(ours.point().costSaving()).isGreaterThan(0.5);
        assertThat(ours.point().quality())
                .isLessThan(three.score("oracle").point().quality());
        assertThat(three.score("task-oracle").point().quality())
                .isEqualTo(ours.point().quality(), within(0.02));
        assertThat(ours.uplift()).isNotNull();
        assertThat(ours.settings()).hasSize(5);
    }

    @Test
    void nothingLeaksFromTheFoldUnderTest() throws IOException {
        List<Method> methods = new ArrayList<>(Methods.named(List.of(Methods.OURS)));
        methods.add(new ByHeart("by-heart"));
        PoolResult two = run(methods, "two").getFirst();

        assertThat(two.gainOverRandom("by-heart")).isEqualTo(0, within(1e-9));
        assertThat(two.gainOverRandom("tagrouter")).isGreaterThan(0.1);
        assertThat(two.score("by-heart").pValueVsOurs()).isLessThan(0.01);
    }

    /** Fails on the last fold: other folds, and other methods, are on their way then. */
    private record Failing(Throwable failure, AtomicInteger fits) implements Method {
        @Override
        public String name() {
            return "failing";
        }

        @Override
        public String description() {
            return "fails";
        }

        @Override
        public Valuer fit(Lesson lesson, int trial) throws IOException {
            if (fits.incrementAndGet() > 4) {
                switch (failure) {
                    case IOException told -> throw told;
                    case RuntimeException told -> throw told;
                    case Error told -> throw told;
                    default -> throw new AssertionError(failure);
                }
            }
            return (example, value, costUsd) -> {};
        }
    }

    @Test
    void whatStopsAMethodStopsTheEvaluationAsItIsAndLeavesNoThread() throws IOException, InterruptedException {
        List<Throwable> failures = List.of(
                new LabException("too few"), new IllegalArgumentException("wrong"), new StackOverflowError("deep"));
        for (Throwable failure : failures) {
            List<Method> methods = new ArrayList<>(Methods.named(List.of("tagrouter", "paper")));
            methods.add(1, new Failing(failure, new AtomicInteger()));
            Set<Thread> before = Thread.getAllStackTraces().keySet();

            assertThatThrownBy(() -> run(methods, "two")).isSameAs(failure);
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().startsWith("pool-") && !before.contains(thread)) {
                    // Its executor has ended; the thread itself may take a moment more.
                    assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
                }
            }
        }
    }

    @Test
    void aQuickLookTakesTheLargestPoolOfEachSet() throws IOException {
        assertThat(Pools.read(folder.resolve("pools.json")).largest())
                .extracting(Pool::name)
                .containsExactly("three");
    }

    @Test
    void whatTagsBringIsTheDifferenceOfTheGains() throws IOException {
        List<Method> methods = new ArrayList<>(Methods.named(List.of(Methods.OURS)));
        methods.add(new ByHeart("knn"));
        methods.add(new ByHeart("knn+tags"));
        PoolResult same = run(methods, "two").getFirst();
        methods.set(2, new Renamed("knn+tags", methods.getFirst()));
        PoolResult two = run(methods, "two").getFirst();

        Change none = same.changes().getFirst();
        assertThat(none.difference()).isEqualTo(0, within(1e-12));
        assertThat(none.pValue()).isGreaterThan(0.4);
        assertThat(two.changes()).hasSize(1);
        Change change = two.changes().getFirst();
        assertThat(change.method()).isEqualTo("knn+tags");
        assertThat(change.against()).isEqualTo("knn");
        assertThat(change.difference()).isEqualTo(two.gainOverRandom("tagrouter"), within(1e-9));
        assertThat(change.interval().low()).isPositive();
        assertThat(change.pValue()).isLessThan(0.01);
    }

    @Test
    void aPoolsFiguresDoNotDependOnWhatElseIsAskedFor() throws IOException {
        List<PoolResult> both = run(tagMethods());
        PoolResult alone = run(tagMethods(), "three").getFirst();

        assertThat(both).extracting(result -> result.pool().name()).containsExactly("two", "three");
        for (Score score : alone.scores()) {
            assertThat(both.getLast().score(score.method()).point()).isEqualTo(score.point());
            assertThat(Double.valueOf(both.getLast().score(score.method()).area()))
                    .isEqualTo(Double.valueOf(score.area()));
        }
    }

    @Test
    void queriesWithAMissingJudgmentAreLeftOutAndCounted() throws IOException {
        MadeUpData.write(folder, QUERIES, 0.2);
        List<PoolResult> results = run(tagMethods());

        assertThat(results.getFirst().leftOut()).isZero();
        assertThat(results.getLast().leftOut()).isBetween(50, 110);
        assertThat(results.getLast().queries() + results.getLast().leftOut()).isEqualTo(QUERIES);
    }

    @Test
    void aTaggerThatWasKeptAndIsDamagedIsNamedWithWhatHelps(@TempDir Path own) throws IOException {
        run(own, tagMethods(), "two");
        Path kept;
        try (Stream<Path> folders = Files.list(own)) {
            kept = folders.filter(each -> String.valueOf(each.getFileName()).startsWith("tagger-"))
                    .findFirst()
                    .orElseThrow();
        }
        Path weights = kept.resolve("tagger.bin");
        byte[] damaged = Files.readAllBytes(weights);
        damaged[damaged.length - 1] ^= 1;
        Files.write(weights, damaged);

        assertThatThrownBy(() -> run(own, tagMethods(), "two"))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("tagger.bin is damaged")
                .hasMessageEndingWith("or delete the folder " + kept + ", and it is trained again");
    }

    @Test
    void resultsHoldEveryFieldOfTheContract() throws IOException {
        var json = ResultsFile.json(Map.of("seed", "1"), run(tagMethods()));

        assertThat(json.path("results")).hasSize(2 * (6 + 3));
        for (var result : json.path("results")) {
            for (String field : List.of(
                    "method",
                    "pool",
                    "ar",
                    "uplift",
                    "cost",
                    "costSaving",
                    "rank",
                    "auc",
                    "pauc",
                    "apgr",
                    "quality",
                    "gapToOracle",
                    "ci",
                    "pValueVsOurs",
                    "decisionMicrosP50",
                    "decisionMicrosP99",
                    "trainSeconds",
                    "curve")) {
                assertThat(result.has(field)).as(field).isTrue();
            }
        }
        var ours = json.path("results").get(6);
        assertThat(ours.path("method").asText()).isEqualTo("tagrouter");
        assertThat(ours.path("curve").size()).isGreaterThan(3);
        assertThat(ours.path("auc").asDouble()).isEqualTo(ours.path("area").asDouble());
        assertThat(ours.path("rank").asDouble()).isEqualTo(2 - ours.path("ar").asDouble(), within(1e-9));
    }

    @Test
    void saysPlainlyWhatItCannotEvaluate() throws IOException {
        assertThatThrownBy(() -> run(Methods.named(List.of("knn-40"))))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("knn-40")
                .hasMessageContaining("embeddings");
        assertThatThrownBy(() -> Methods.named(List.of("kmn")))
                .hasMessageContaining("'kmn'")
                .hasMessageContaining("knn-40");
        assertThatThrownBy(() -> run(tagMethods(), "four"))
                .hasMessageContaining("'four'")
                .hasMessageContaining("two, three");
        Files.writeString(folder.resolve("pools.json"), """
                {"prices": {"small": [1, 1]}, "pools": [{"name": "p", "data": "made", "models": ["small", "big"]}]}
                """);
        assertThatThrownBy(() -> run(tagMethods()))
                .hasMessageContaining("'big'")
                .hasMessageContaining("no price");
        Files.writeString(folder.resolve("pools.json"), """
                {"prices": {"small": [1, 1], "big": [2, 2]},
                 "pools": [{"name": "p", "data": "made", "models": ["small", "big"]}]}
                """);
        assertThatThrownBy(() -> run(tagMethods()))
                .hasMessageContaining("'big'")
                .hasMessageContaining("no column");
        MadeUpData.write(folder, 100, 0.97);
        assertThatThrownBy(() -> run(tagMethods(), "three")).hasMessageContaining("fewer --folds");
    }
}
