package dev.tagrouter.lab.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.lab.baseline.Method.Rule;
import dev.tagrouter.lab.baseline.Method.Valuer;
import dev.tagrouter.lab.metric.Outcomes;
import dev.tagrouter.lab.metric.Point;
import dev.tagrouter.lab.metric.TwoModelCurve;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every method keeps, and that every method learns what is plain to see. */
class MethodContractTest {
    private static final Lesson FRESH = World.lesson(100, 2, 2, World::specialised);

    static List<Method> methods() {
        return Methods.all();
    }

    /** Values by query: first worth, then cost. */
    private static double[][] values(Valuer valuer, Lesson lesson) {
        return lesson.examples().stream()
                .map(example -> {
                    double[] value = new double[lesson.modelCount()];
                    double[] costUsd = new double[lesson.modelCount()];
                    valuer.value(example, value, costUsd);
                    return IntStream.range(0, 2 * value.length)
                            .mapToDouble(i -> i < value.length ? value[i] : costUsd[i - value.length])
                            .toArray();
                })
                .toArray(double[][]::new);
    }

    private static void assertFinite(Method method, Lesson lesson, Lesson asked) throws IOException {
        for (int trial = 0; trial < method.trials(); trial++) {
            for (double[] row : values(method.fit(lesson, trial), asked)) {
                for (double each : row) {
                    assertThat(each)
                            .as(method.name() + " " + method.setting(trial))
                            .isFinite();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void saysWhatItIs(Method method) {
        assertThat(method.name()).isNotBlank().matches("\\S+").isLowerCase();
        assertThat(method.description()).isNotBlank().doesNotContain("\n");
        assertThat(method.trials()).isBetween(1, Method.MAX_TRIALS);
        assertThat(method.playsTwoModels()).isEqualTo(method.description().contains("2m"));
        if (method.trials() > 1) {
            assertThat(IntStream.range(0, method.trials()).mapToObj(method::setting))
                    .doesNotHaveDuplicates()
                    .noneMatch(String::isBlank);
        }
    }

    @Test
    void namesAreUnique() {
        assertThat(new HashSet<>(methods().stream().map(Method::name).toList())).hasSameSizeAs(methods());
    }

    @ParameterizedTest
    @MethodSource("methods")
    void learnsAnObviousWorld(Method method) throws IOException {
        double[][] values = values(method.fit(World.lesson(300, 2, 1, World::specialised), 0), FRESH);
        double[] delta = Arrays.stream(values)
                .mapToDouble(row -> method.rule() == Rule.CASCADE ? row[0] : row[0] - row[1])
                .toArray();
        Outcomes truth = truth();
        int[] once = new int[delta.length];
        Arrays.fill(once, 1);
        double best = IntStream.range(0, 2)
                .mapToDouble(m -> Point.of(truth, truth.always(m), once).acceptRate())
                .max()
                .orElseThrow();
        double auc = new TwoModelCurve(truth, delta, 0).areas(once).auc();
        if (method.name().equals("elo")) {
            assertThat(auc).as("one rating for all queries").isLessThan(best);
        } else {
            assertThat(auc).isGreaterThan(best + 0.1);
        }
    }

    private static Outcomes truth() {
        int n = FRESH.examples().size();
        double[][] quality = new double[n][2];
        double[][] costUsd = new double[n][2];
        for (int i = 0; i < n; i++) {
            for (int m = 0; m < 2; m++) {
                quality[i][m] = FRESH.quality(i, m);
                costUsd[i][m] = FRESH.costUsd(i, m);
            }
        }
        return new Outcomes(quality, costUsd, 0);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void learnsTheSameTwiceAndForManyThreads(Method method) throws IOException {
        Lesson lesson = World.lesson(60, 3, 3, World::specialised);
        Lesson asked = World.lesson(40, 3, 4, World::specialised);
        Valuer valuer = method.fit(lesson, method.trials() - 1);
        double[][] values = values(valuer, asked);

        assertThat(values(method.fit(lesson, method.trials() - 1), asked)).isDeepEqualTo(values);
        assertThat(IntStream.range(0, 8).parallel().mapToObj(i -> values(valuer, asked)))
                .allSatisfy(each -> assertThat(each).isDeepEqualTo(values));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void learningAllTrialsAtOnceGivesWhatEachGives(Method method) throws IOException {
        Lesson lesson = World.lesson(60, 3, 3, World::specialised);
        Lesson asked = World.lesson(20, 3, 4, World::specialised);
        List<Valuer> all = method.fitAll(lesson);

        assertThat(all).hasSize(method.trials());
        for (int trial = 0; trial < all.size(); trial++) {
            assertThat(values(all.get(trial), asked)).isDeepEqualTo(values(method.fit(lesson, trial), asked));
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void valuesManyAsItValuesEach(Method method) throws IOException {
        for (Valuer valuer : method.fitAll(World.lesson(60, 3, 3, World::specialised))) {
            for (int count : new int[] {40, 16, 1, 40}) {
                Lesson asked = World.lesson(count, 3, count, World::specialised);
                double[][] value = new double[count][3];
                double[][] costUsd = new double[count][3];

                valuer.valueAll(asked.examples(), value, costUsd);

                double[][] each = values(valuer, asked);
                for (int q = 0; q < count; q++) {
                    assertThat(value[q]).containsExactly(Arrays.copyOf(each[q], 3));
                    assertThat(costUsd[q]).containsExactly(Arrays.copyOfRange(each[q], 3, 6));
                }
            }
            valuer.valueAll(List.of(), new double[0][], new double[0][]);
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void worksOnAsGoodAsNothing(Method method) throws IOException {
        Lesson asked = World.lesson(3, 3, 5, World::specialised);

        assertFinite(method, World.lesson(1, 3, 1, World::specialised), asked);
        assertFinite(method, World.lesson(30, 3, 1, (poem, model, random) -> 0.5), asked);
        assertFinite(method, World.lesson(30, 1, 1, World::specialised), World.lesson(3, 1, 5, World::specialised));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void twoModelMethodsPlayTheBestAndTheCheapest(Method method) throws IOException {
        if (!method.playsTwoModels()) {
            return;
        }
        // The cheapest of three is good at poems, the others at sums, the dearest of these more often.
        Lesson lesson = World.lesson(
                200,
                3,
                6,
                (poem, model, random) ->
                        model == 0 ? (poem ? 1 : 0) : random.nextDouble() < (model == 2 ? 0.95 : 0.6) ? 1 : 0);
        for (double[] row : values(method.fit(lesson, 0), World.lesson(5, 3, 7, World::specialised))) {
            assertThat(row[0]).isBetween(0.0, 1.0);
            assertThat(row[1]).isNegative();
            assertThat(row[2]).isBetween(0.0, 1.0);
        }
    }
}
