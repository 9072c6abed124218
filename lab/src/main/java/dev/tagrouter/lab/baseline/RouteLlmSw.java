package dev.tagrouter.lab.baseline;

import dev.tagrouter.learning.Outcome;
import java.util.function.ToDoubleFunction;

/**
 * RouteLLM-SW (Ong et al., arXiv 2406.18665): for each query, Bradley-Terry ratings are fitted to the training battles,
 * each weighted by {@code 10 * 10^(similarity / greatest similarity)}; a tie is one win for each side.
 *
 * <p>Between two models the fit has a closed form: {@code 1 - 1 / (1 + 10^((s - w) / 400)) = W_s / (W_s + W_w)}, W being the
 * summed weights of a side's wins. Published with more models' battles than the two; here there are only theirs.
 */
final class RouteLlmSw extends TwoModelMethod {
    @Override
    public String name() {
        return "routellm-sw";
    }

    @Override
    public String description() {
        return "RouteLLM's similarity-weighted ranking, 2m (arXiv 2406.18665)";
    }

    @Override
    ToDoubleFunction<Example> strongRate(Pair pair, int trial) {
        Inputs inputs = Inputs.embedding(pair.lesson());
        Neighbours all = new Neighbours(inputs, inputs.of(pair.lesson()));
        Outcome[] outcomes = new Outcome[pair.count()];
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = pair.outcome(i);
        }
        return example -> strongRate(all.likeness(inputs.of(example)), outcomes);
    }

    static double strongRate(float[] similarity, Outcome[] outcomes) {
        // A query like none would turn the ratio round; it weighs every battle about alike instead.
        double greatest = 1e-6;
        for (float each : similarity) {
            greatest = Math.max(greatest, each);
        }
        double strong = 0;
        double weak = 0;
        for (int i = 0; i < outcomes.length; i++) {
            double weight = 10 * Math.pow(10, Math.max(-1, similarity[i] / greatest));
            switch (outcomes[i]) {
                case WIN -> strong += weight;
                case LOSS -> weak += weight;
                case TIE -> {
                    strong += weight;
                    weak += weight;
                }
            }
        }
        return strong / (strong + weak);
    }
}
