package dev.tagrouter.lab.baseline;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * FrugalGPT-lite, after Chen et al. (arXiv 2305.05176): a cascade of at most three models, the cheapest first, each call
 * charged; an answer is accepted when its estimated quality g clears the model's threshold, the last one in any case.
 *
 * <p>Published with g read from query and answer by a fine-tuned DistilBERT; there are no answers in these data, so g is
 * estimated from the query by a head on frozen embeddings. Chain and thresholds are chosen by {@link CascadePlan} on a
 * third of the lesson that g was not trained on. A trial is the greatest length of the chain.
 */
final class FrugalGpt implements Method {
    private static final int HIDDEN = 128;
    private static final int[] LENGTH = {2, 3};

    @Override
    public String name() {
        return "frugalgpt-lite";
    }

    @Override
    public String description() {
        return "cascade, every call charged, g from the query alone (after arXiv 2305.05176)";
    }

    @Override
    public boolean needsEmbeddings() {
        return true;
    }

    @Override
    public Rule rule() {
        return Rule.CASCADE;
    }

    @Override
    public int trials() {
        return LENGTH.length;
    }

    @Override
    public String setting(int trial) {
        return "calls=" + LENGTH[trial];
    }

    @Override
    public Valuer fit(Lesson lesson, int trial) {
        Inputs inputs = Inputs.embedding(lesson);
        int n = lesson.examples().size();
        int[] tuned = IntStream.range(0, n).filter(i -> i % 3 == 2 || n < 3).toArray();
        int[] learnt = IntStream.range(0, n).filter(i -> i % 3 != 2).toArray();
        Input[] x = Arrays.stream(learnt)
                .mapToObj(i -> inputs.of(lesson.examples().get(i)))
                .toArray(Input[]::new);
        QualityNet net = new QualityNet(lesson, inputs, x, learnt, HIDDEN);
        double[][] g = new double[tuned.length][lesson.modelCount()];
        for (int i = 0; i < g.length; i++) {
            net.predict(lesson.examples().get(tuned[i]), g[i]);
        }
        CascadePlan plan = CascadePlan.best(lesson, tuned, g, LENGTH[trial]);
        ExpectedCost cost = new ExpectedCost(lesson);
        return (example, value, costUsd) -> {
            double[] estimated = new double[value.length];
            net.predict(example, estimated);
            plan.value(estimated, value);
            cost.of(example.query(), costUsd);
        };
    }
}
