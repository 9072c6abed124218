package dev.tagrouter.lab.baseline;

import java.util.List;

/**
 * CARROT-lite, after Somerstep et al. (arXiv 2502.03261): quality and cost of each candidate are predicted for each query,
 * and the best trade-off is taken.
 *
 * <p>Published with fine-tuned RoBERTa, neighbours or linear regression as predictors; here the linear ones on frozen
 * embeddings, ridge with its penalty chosen on validation. Cost is predicted as output tokens.
 */
final class Carrot implements Method {
    private static final double[] PENALTY = {1, 3, 10, 30, 100};

    @Override
    public String name() {
        return "carrot-lite";
    }

    @Override
    public String description() {
        return "quality and output tokens by ridge regression on sentence embeddings (after arXiv 2502.03261)";
    }

    @Override
    public boolean needsEmbeddings() {
        return true;
    }

    @Override
    public int trials() {
        return PENALTY.length;
    }

    @Override
    public String setting(int trial) {
        return "penalty=" + (int) PENALTY[trial];
    }

    @Override
    public Valuer fit(Lesson lesson, int trial) {
        Inputs inputs = Inputs.embedding(lesson);
        return valuer(lesson, inputs, new Ridge(inputs.of(lesson), targets(lesson), PENALTY[trial]));
    }

    @Override
    public List<Valuer> fitAll(Lesson lesson) {
        Inputs inputs = Inputs.embedding(lesson);
        return Ridge.all(inputs.of(lesson), targets(lesson), PENALTY).stream()
                .map(ridge -> valuer(lesson, inputs, ridge))
                .toList();
    }

    /** By example: the candidates' qualities, then their output tokens. */
    private static double[][] targets(Lesson lesson) {
        int models = lesson.modelCount();
        double[][] target = new double[lesson.examples().size()][2 * models];
        for (int i = 0; i < target.length; i++) {
            for (int m = 0; m < models; m++) {
                target[i][m] = lesson.quality(i, m);
                target[i][models + m] = lesson.judged().get(i).outputTokens().get(m);
            }
        }
        return target;
    }

    private static Valuer valuer(Lesson lesson, Inputs inputs, Ridge ridge) {
        int models = lesson.modelCount();
        return (example, value, costUsd) -> {
            Input input = inputs.of(example);
            double inputTokens = (double) example.query().inputTokens();
            for (int m = 0; m < models; m++) {
                value[m] = ridge.predict(input, m);
                double outputTokens = Math.max(0, ridge.predict(input, models + m));
                costUsd[m] = lesson.prices().get(m).usd(inputTokens, outputTokens);
            }
        };
    }
}
