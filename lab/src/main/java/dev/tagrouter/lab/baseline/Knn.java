package dev.tagrouter.lab.baseline;

import java.util.Arrays;
import java.util.Locale;

/**
 * RouterBench-KNN (Hu et al., arXiv 2403.12031): a candidate is worth its mean quality on the k training queries
 * whose embeddings are nearest by cosine; {@code argmax lambda * quality - price}.
 *
 * <p>The published k of 5, 10 and 40 are trials, and 100 beside them, which does best on small sets. With tags, their
 * confidences stand beside the embedding at a scale chosen on validation.
 */
final class Knn implements Method {
    private static final int[] K = {5, 10, 40, 100};
    private static final int[] K_WITH_TAGS = {10, 40, 100};
    private static final double[] SCALE = {0.5, 1, 2};

    private final String name;
    private final boolean tags;
    private final int[] k;
    private final double[] scale;

    private Knn(String name, boolean tags, int[] k, double[] scale) {
        this.name = name;
        this.tags = tags;
        this.k = k;
        this.scale = scale;
    }

    /** The published method. */
    static Knn published() {
        return new Knn("knn", false, K, new double[] {0});
    }

    /** With the tags beside the embedding. */
    static Knn withTags() {
        return new Knn("knn+tags", true, K_WITH_TAGS, SCALE);
    }

    /** @param k how many neighbours, 1 or more */
    static Knn of(int k) {
        return new Knn("knn-" + k, false, new int[] {k}, new double[] {0});
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "RouterBench-KNN on sentence embeddings" + (tags ? " and tags" : "") + ", k of " + Arrays.toString(k)
                + " (arXiv 2403.12031)";
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
        return k.length * scale.length;
    }

    @Override
    public String setting(int trial) {
        int neighbours = k[trial % k.length];
        return tags
                ? String.format(Locale.ROOT, "k=%d scale=%.1f", neighbours, scale[trial / k.length])
                : "k=" + neighbours;
    }

    @Override
    public Valuer fit(Lesson lesson, int trial) {
        ExpectedCost cost = new ExpectedCost(lesson);
        Inputs inputs = Inputs.withTags(lesson, scale[trial / k.length]);
        Neighbours all = new Neighbours(inputs, inputs.of(lesson));
        int most = k[trial % k.length];
        return (example, value, costUsd) -> {
            Nearest nearest = all.nearest(inputs.of(example), most);
            for (int m = 0; m < value.length; m++) {
                double sum = 0;
                for (int i = 0; i < nearest.size(); i++) {
                    sum += lesson.quality(nearest.example(i), m);
                }
                value[m] = sum / nearest.size();
            }
            cost.of(example.query(), costUsd);
        };
    }
}
