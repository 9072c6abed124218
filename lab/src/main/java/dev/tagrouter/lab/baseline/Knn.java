package dev.tagrouter.lab.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

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
        Finder finder = new Finder(lesson, scale[trial / k.length], k[trial % k.length]);
        return valuer(lesson, finder::nearest, k[trial % k.length]);
    }

    /** Trials of one scale find their neighbours together, once for each query. */
    @Override
    public List<Valuer> fitAll(Lesson lesson) {
        List<Valuer> all = new ArrayList<>();
        for (double each : scale) {
            Finder finder = new Finder(lesson, each, k[k.length - 1]);
            Map<Example, int[]> found = new ConcurrentHashMap<>();
            for (int neighbours : k) {
                all.add(valuer(lesson, example -> found.computeIfAbsent(example, finder::nearest), neighbours));
            }
        }
        return all;
    }

    /** @param nearest at least k examples most like a query, the most like first; fewer where there are no more */
    private static Valuer valuer(Lesson lesson, Function<Example, int[]> nearest, int k) {
        ExpectedCost cost = new ExpectedCost(lesson);
        return (example, value, costUsd) -> {
            int[] found = nearest.apply(example);
            int count = Math.min(k, found.length);
            for (int m = 0; m < value.length; m++) {
                double sum = 0;
                for (int i = 0; i < count; i++) {
                    sum += lesson.quality(found[i], m);
                }
                value[m] = sum / count;
            }
            cost.of(example.query(), costUsd);
        };
    }

    private static final class Finder {
        private final Inputs inputs;
        private final Neighbours all;
        private final int most;

        private Finder(Lesson lesson, double scale, int most) {
            this.inputs = Inputs.withTags(lesson, scale);
            this.all = new Neighbours(inputs, inputs.of(lesson));
            this.most = most;
        }

        private int[] nearest(Example example) {
            return all.nearest(inputs.of(example), most);
        }
    }
}
