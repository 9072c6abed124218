package dev.tagrouter.lab.baseline;

import dev.tagrouter.learning.Outcome;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * RouteLLM-MF (Ong et al., arXiv 2406.18665): {@code delta(M, q) = w2' (v_M / |v_M| * W1 v_q)} of 128 dimensions, binary
 * cross-entropy on delta_win - delta_lose, ties dropped; the strong model's rate is sigmoid(delta_strong - delta_weak).
 * {@link MatrixFactorisation} is that model.
 *
 * <p>As published but for the embedding model: all of its 100 epochs, whatever the set. With tags, their confidences stand
 * beside the embedding at a scale chosen on validation.
 */
final class RouteLlmMf extends TwoModelMethod {
    private static final Training TRAINING = new Training(3e-4, 1e-5, 64, 100, 0.1, 0, Integer.MAX_VALUE);
    private static final double[] SCALE = {0.5, 1, 2};

    private final boolean tags;

    RouteLlmMf(boolean tags) {
        this.tags = tags;
    }

    @Override
    public String name() {
        return tags ? "mf+tags" : "routellm-mf";
    }

    @Override
    public String description() {
        return "RouteLLM's matrix factorisation" + (tags ? " with the query's tags appended" : "")
                + ", 2m (arXiv 2406.18665)";
    }

    @Override
    public boolean needsTags() {
        return tags;
    }

    @Override
    public int trials() {
        return tags ? SCALE.length : 1;
    }

    @Override
    public String setting(int trial) {
        return tags ? "scale=" + SCALE[trial] : "";
    }

    @Override
    ToDoubleFunction<Example> strongRate(Pair pair, int trial) {
        Inputs inputs = Inputs.withTags(pair.lesson(), tags ? SCALE[trial] : 0);
        int[] decided = IntStream.range(0, pair.count())
                .filter(i -> pair.outcome(i) != Outcome.TIE)
                .toArray();
        if (decided.length == 0) {
            return example -> 0.5;
        }
        Input[] x = new Input[decided.length];
        boolean[] strongWon = new boolean[decided.length];
        for (int i = 0; i < decided.length; i++) {
            x[i] = inputs.of(pair.lesson().examples().get(decided[i]));
            strongWon[i] = pair.outcome(decided[i]) == Outcome.WIN;
        }
        MatrixFactorisation model = new MatrixFactorisation(inputs, Seeds.METHOD);
        model.fit(x, strongWon, TRAINING, Seeds.METHOD + 1);
        return example -> Logistic.sigmoid(model.delta(inputs.of(example)));
    }
}
