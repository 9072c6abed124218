package dev.tagrouter.lab.baseline;

import java.util.function.ToDoubleFunction;

/**
 * RouteLLM-BERT-lite, after Ong et al. (arXiv 2406.18665): three classes, the strong model wins, both tie, it loses;
 * the strong rate is {@code 1 - P(tie or the weak one wins)}.
 *
 * <p>Published as a fine-tuned BERT; here a head on frozen embeddings: linear as BERT's own, or with a hidden layer of
 * 128, by validation.
 */
final class RouteLlmBert extends TwoModelMethod {
    /** The class of queries on which the strong model wins. */
    private static final int WINS = 0;

    private static final int[][] LAYERS = {{3}, {128, 3}};
    private static final Training TRAINING = new Training(1e-3, 0, 32, 100, 0, 5);

    @Override
    public String name() {
        return "routellm-bert-lite";
    }

    @Override
    public String description() {
        return "three-class head on frozen embeddings, 2m (after arXiv 2406.18665)";
    }

    @Override
    public int trials() {
        return LAYERS.length;
    }

    @Override
    public String setting(int trial) {
        return trial == 0 ? "linear" : "hidden=128";
    }

    @Override
    ToDoubleFunction<Example> strongRate(Pair pair, int trial) {
        Inputs inputs = Inputs.embedding(pair.lesson());
        float[][] target = new float[pair.count()][3];
        for (int i = 0; i < target.length; i++) {
            int strongOne = switch (pair.outcome(i)) {
                case WIN -> WINS;
                case TIE -> 1;
                case LOSS -> 2;
            };
            target[i][strongOne] = 1;
        }
        Net net = Net.trained(
                inputs,
                inputs.of(pair.lesson()),
                LAYERS[trial],
                true,
                Objective.crossEntropy(target),
                TRAINING,
                Seeds.METHOD);
        return example -> Logistic.softmax(net.output(inputs.of(example)))[WINS];
    }
}
