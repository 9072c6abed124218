package dev.tagrouter.lab.baseline;

import java.util.Locale;
import java.util.stream.IntStream;

/**
 * FORC-lite, after Šakota et al. (arXiv 2308.06077): a meta-model predicts the quality of each candidate's answer, and
 * queries are assigned so that the sum of qualities is greatest under a budget. Of that assignment the utility rule is the
 * Lagrangian form, its weight being the budget's price.
 *
 * <p>Published as a fine-tuned DistilBERT that reads the query and the candidate's name; here a head on frozen embeddings
 * with an output for each candidate. With tags, their confidences stand beside the embedding at a scale chosen on
 * validation.
 */
final class Forc implements Method {
    private static final int[] HIDDEN = {0, 128};
    private static final double[] SCALE = {0.5, 1, 2};

    private final boolean tags;

    Forc(boolean tags) {
        this.tags = tags;
    }

    @Override
    public String name() {
        return tags ? "forc-lite+tags" : "forc-lite";
    }

    @Override
    public String description() {
        return "quality predicted by a head on frozen embeddings" + (tags ? " and tags" : "")
                + ", assignment under a budget (after arXiv 2308.06077)";
    }

    @Override
    public boolean needsEmbeddings() {
        return true;
    }

    @Override
    public boolean needsTags() {
        return tags;
    }

    @Override
    public int trials() {
        return tags ? HIDDEN.length * SCALE.length : HIDDEN.length;
    }

    @Override
    public String setting(int trial) {
        int hidden = HIDDEN[trial % HIDDEN.length];
        return tags
                ? String.format(Locale.ROOT, "hidden=%d scale=%.1f", hidden, SCALE[trial / HIDDEN.length])
                : "hidden=" + hidden;
    }

    @Override
    public Valuer fit(Lesson lesson, int trial) {
        Inputs inputs = Inputs.withTags(lesson, tags ? SCALE[trial / HIDDEN.length] : 0);
        Input[] x = inputs.of(lesson);
        QualityNet net = new QualityNet(
                lesson, inputs, x, IntStream.range(0, x.length).toArray(), HIDDEN[trial % HIDDEN.length]);
        ExpectedCost cost = new ExpectedCost(lesson);
        return (example, value, costUsd) -> {
            net.predict(example, value);
            cost.of(example.query(), costUsd);
        };
    }
}
