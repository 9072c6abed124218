package dev.tagrouter.lab.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.lab.LabException;
import dev.tagrouter.learning.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pieces of the methods against figures worked out by hand. */
class PartsTest {
    private static final double CLOSE = 1e-6;

    @Test
    void similarityWeightedRanking() {
        // Weights 10 * 10^(1, 0.5, 0): a win of 100, a tie of 31.62 for both sides, a loss of 10.
        double rate = RouteLlmSw.strongRate(
                new float[] {0.8f, 0.4f, 0}, new Outcome[] {Outcome.WIN, Outcome.TIE, Outcome.LOSS});
        double tie = 10 * Math.sqrt(10);

        assertThat(rate).isEqualTo((100 + tie) / (100 + tie + 10 + tie), within(CLOSE));
        // The published form: ratings s and w with 10^((s - w) / 400) = W_s / W_w.
        double ratings = 400 * Math.log10((100 + tie) / (10 + tie));
        assertThat(rate).isEqualTo(1 - 1 / (1 + Math.pow(10, ratings / 400)), within(CLOSE));
    }

    @Test
    void clustersKnowWhatEachModelDoesInThem() {
        Lesson lesson = World.lesson(80, 2, 1, (poem, model, random) -> poem == (model == 0) ? 1 : 0.25);
        Inputs inputs = Inputs.embedding(lesson);
        Input[] x = inputs.of(lesson);
        Clusters clusters = new Clusters(lesson, x, 2);

        assertThat(clusters.count()).isEqualTo(2);
        for (int c = 0; c < 2; c++) {
            int cluster = c;
            int[] members = IntStream.range(0, x.length)
                    .filter(i -> clusters.nearest(x[i]) == cluster)
                    .toArray();
            double first = Arrays.stream(members)
                    .mapToDouble(i -> lesson.quality(i, 0))
                    .average()
                    .orElseThrow();
            assertThat(clusters.quality(c)[0]).isEqualTo(first, within(CLOSE));
            assertThat(Math.abs(clusters.quality(c)[0] - clusters.quality(c)[1]))
                    .isGreaterThan(0.6);
        }
        assertThat(clusters.nearest(x[0], 3)).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void neighboursAreThoseOfTheCosine() {
        Lesson lesson = World.lesson(50, 2, 1, World::specialised);
        Inputs inputs = Inputs.embedding(lesson);
        Neighbours all = new Neighbours(inputs, inputs.of(lesson));
        Example asked = World.lesson(1, 2, 9, World::specialised).examples().getFirst();
        float[] likeness = all.likeness(inputs.of(asked));

        for (int i = 0; i < likeness.length; i++) {
            assertThat(likeness[i])
                    .isEqualTo(asked.embedding().cosine(lesson.examples().get(i).embedding()), within(1e-5f));
        }
        int[][] both = all.nearest(new Input[] {inputs.of(lesson.examples().getFirst()), inputs.of(asked)}, 3);
        assertThat(both[0][0]).isZero();
        int[] nearest = both[1];
        float[] sorted = likeness.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < 3; i++) {
            assertThat(likeness[nearest[i]]).isEqualTo(sorted[sorted.length - 1 - i]);
        }
    }

    @Test
    void tagsStandBesideTheEmbeddingAtTheirScale() {
        Lesson lesson = World.lesson(5, 2, 1, World::specialised);
        Inputs inputs = Inputs.withTags(lesson, 2);
        Input x = inputs.of(lesson.examples().getFirst());
        double squares = 0;
        for (float weight : x.weight) {
            squares += weight * weight;
        }

        assertThat(x.at).hasSize(1);
        assertThat(Math.sqrt(squares)).isEqualTo(2, within(CLOSE));
        assertThat(new Neighbours(inputs, new Input[] {x}).likeness(x)[0]).isEqualTo(1 + 4f, within(1e-4f));
    }

    @Test
    void hybridLabels() {
        double[][] quality = {{1, 0}, {0, 1}, {0.5, 0.5}, {0.25, 0.75}};
        int[] next = {0};
        Lesson lesson = World.lesson(4, 2, 1, (poem, model, random) -> quality[next[0] / 2][next[0]++ % 2]);
        var pair = new TwoModelMethod.Pair(lesson, 1, 0);

        assertThat(column(new HybridLlm(HybridLlm.Label.DET).targets(pair))).containsExactly(1, 0, 1, 0);
        assertThat(column(new HybridLlm(HybridLlm.Label.PROB).targets(pair)))
                .containsExactly(1, 0, 0.75f, 1 - 0.75f * 0.75f);
        // Half of the labels are positive already: no margin mixes them better.
        assertThat(HybridLlm.margin(pair)).isZero();
    }

    private static float[] column(float[][] rows) {
        float[] column = new float[rows.length];
        for (int i = 0; i < column.length; i++) {
            column[i] = rows[i][0];
        }
        return column;
    }

    @Test
    void avengersProNormalisesWithinACluster() {
        assertThat(AvengersPro.normalised(new double[] {0.2, 0.6, 0.4}))
                .containsExactly(new double[] {0, 1, 0.5}, within(CLOSE));
        assertThat(AvengersPro.normalised(new double[] {0.3, 0.3})).containsExactly(0, 0);
    }

    @Test
    void eloOfOneBattleMovesByHalfItsFactor() {
        Lesson lesson = World.lesson(1, 2, 1, (poem, model, random) -> model);
        double[] value = new double[2];
        new Elo().fit(lesson, 0).value(lesson.examples().getFirst(), value, new double[2]);

        assertThat(value[1]).isEqualTo(Elo.expected(2), within(CLOSE));
        assertThat(value[0]).isEqualTo(Elo.expected(-2), within(CLOSE));
    }

    @Test
    void rewardsAreMixedWithThoseOfTheSameTags() {
        Lesson lesson = World.lesson(60, 2, 1, World::specialised);
        double[][] rewards = Zooter.rewards(lesson);
        int tag = lesson.examples().get(7).tags().index(0);
        double mean = IntStream.range(0, 60)
                .filter(i -> lesson.examples().get(i).tags().index(0) == tag)
                .mapToDouble(i -> lesson.quality(i, 0))
                .average()
                .orElseThrow();

        assertThat(rewards[7][0]).isEqualTo(0.3 * lesson.quality(7, 0) + 0.7 * mean, within(CLOSE));
    }

    @Test
    void aPlanOfTwoTellsTheGreatestBudgetAtWhichTheFirstIsAccepted() {
        Lesson lesson = World.lesson(200, 2, 1, (poem, model, random) -> poem == (model == 0) ? 1 : 0);
        int[] all = IntStream.range(0, 200).toArray();
        double[][] g = new double[200][2];
        for (int i = 0; i < 200; i++) {
            g[i] = new double[] {lesson.quality(i, 0) * 0.8 + 0.1, 0.5};
        }
        CascadePlan plan = CascadePlan.best(lesson, all, g, 2);
        double[] good = new double[2];
        double[] bad = new double[2];
        plan.value(new double[] {0.9, 0.5}, good);
        plan.value(new double[] {0.1, 0.5}, bad);

        assertThat(good[0]).isGreaterThan(bad[0]);
        assertThat(bad[0]).isGreaterThanOrEqualTo(0);
        assertThat(good[1]).isEqualTo(1);
    }

    @Test
    void neighboursOfOneKAreAskedForByName() throws LabException {
        assertThat(Methods.named(List.of("knn-7", "mlp")))
                .extracting(Method::name)
                .containsExactly("tagrouter", "mlp", "knn-7");
        assertThatThrownBy(() -> Methods.named(List.of("knn-0"))).hasMessageContaining("'knn-0'");
    }
}
