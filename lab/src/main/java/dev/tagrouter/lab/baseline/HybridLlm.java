package dev.tagrouter.lab.baseline;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * HybridLLM-lite, after Ding et al. (arXiv 2404.14618): a classifier of whether the small model's answer is as good as
 * the large one's, by one of three labels.
 *
 * <p>Published as a fine-tuned DeBERTa; here a head of 128 and 64 on frozen embeddings. The soft label needs several
 * answers of each model; from one quality in [0, 1] of each, taken as the probability of a right answer, it is
 * {@code 1 - q_L (1 - q_S)}, which is the hard label where answers are right or wrong.
 */
final class HybridLlm extends TwoModelMethod {
    /** What the classifier learns. */
    enum Label {
        /** {@code 1[q_S >= q_L]}. */
        DET,
        /** The probability of that. */
        PROB,
        /** {@code 1[q_S >= q_L - t]}, t making the labels as mixed as possible. */
        TRANS
    }

    private static final int[] LAYERS = {128, 64, 1};
    private static final double[] RATES = {3e-4, 1e-3};
    private static final int GRID = 50;

    private final Label label;

    HybridLlm(Label label) {
        this.label = label;
    }

    @Override
    public String name() {
        return "hybridllm-" + label.name().toLowerCase(Locale.ROOT) + "-lite";
    }

    @Override
    public String description() {
        return "classifier of 'the small one is as good' on frozen embeddings, label "
                + label.name().toLowerCase(Locale.ROOT) + ", 2m (after arXiv 2404.14618)";
    }

    @Override
    public int trials() {
        return RATES.length;
    }

    @Override
    public String setting(int trial) {
        return "rate=" + RATES[trial];
    }

    @Override
    ToDoubleFunction<Example> strongRate(Pair pair, int trial) {
        Inputs inputs = Inputs.embedding(pair.lesson());
        Net net = Net.trained(
                inputs,
                inputs.of(pair.lesson()),
                LAYERS,
                true,
                Objective.binaryCrossEntropy(targets(pair)),
                new Training(RATES[trial], 0, 32, 100, 0, 5),
                Seeds.METHOD);
        return example -> 1 - Logistic.sigmoid(net.output(inputs.of(example))[0]);
    }

    float[][] targets(Pair pair) {
        double margin = switch (label) {
            case DET, PROB -> 0;
            case TRANS -> margin(pair);
        };
        float[][] target = new float[pair.count()][1];
        for (int i = 0; i < target.length; i++) {
            target[i][0] = switch (label) {
                case DET, TRANS -> -pair.gap(i) >= -margin ? 1 : 0;
                case PROB -> {
                    double large = pair.lesson().quality(i, pair.strong());
                    double small = pair.lesson().quality(i, pair.weak());
                    yield (float) (1 - large * (1 - small));
                }
            };
        }
        return target;
    }

    /** The t of a grid over the differences' range that maximises 2 p (1 - p), p being the share of positive labels. */
    static double margin(Pair pair) {
        double widest = 0;
        for (int i = 0; i < pair.count(); i++) {
            widest = Math.max(widest, pair.gap(i));
        }
        double best = 0;
        double bestSpread = -1;
        for (int g = 0; g < GRID; g++) {
            double t = widest * g / GRID;
            int positive = 0;
            for (int i = 0; i < pair.count(); i++) {
                positive += -pair.gap(i) >= -t ? 1 : 0;
            }
            double p = positive / (double) pair.count();
            if (2 * p * (1 - p) > bestSpread) {
                best = t;
                bestSpread = 2 * p * (1 - p);
            }
        }
        return best;
    }
}
