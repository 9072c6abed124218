package dev.tagrouter.lab.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

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
        int neighbours = k[trial % k.length];
        return new Vote(lesson, new Finder(lesson, scale[trial / k.length], neighbours), neighbours);
    }

    /** Trials of one scale find their neighbours together, once for each list of queries. */
    @Override
    public List<Valuer> fitAll(Lesson lesson) {
        List<Valuer> all = new ArrayList<>();
        for (double each : scale) {
            Finder finder = new Finder(lesson, each, k[k.length - 1]);
            for (int neighbours : k) {
                all.add(new Vote(lesson, finder, neighbours));
            }
        }
        return all;
    }

    /** The mean over the k nearest; fewer where there are no more. */
    private static final class Vote implements Valuer {
        private final Lesson lesson;
        private final Finder finder;
        private final int k;
        private final ExpectedCost cost;

        private Vote(Lesson lesson, Finder finder, int k) {
            this.lesson = lesson;
            this.finder = finder;
            this.k = k;
            this.cost = new ExpectedCost(lesson);
        }

        @Override
        public void value(Example example, double[] value, double[] costUsd) {
            vote(example, finder.nearest(List.of(example))[0], value, costUsd);
        }

        @Override
        public void valueAll(List<Example> examples, double[][] value, double[][] costUsd) {
            int[][] found = examples.size() == 1 ? finder.nearest(examples) : finder.remembered(examples);
            for (int q = 0; q < found.length; q++) {
                vote(examples.get(q), found[q], value[q], costUsd[q]);
            }
        }

        private void vote(Example example, int[] found, double[] value, double[] costUsd) {
            int count = Math.min(k, found.length);
            for (int m = 0; m < value.length; m++) {
                double sum = 0;
                for (int i = 0; i < count; i++) {
                    sum += lesson.quality(found[i], m);
                }
                value[m] = sum / count;
            }
            cost.of(example.query(), costUsd);
        }
    }

    /** Finds the examples most like queries, the most like first. */
    private static final class Finder {
        private static final int AT_ONCE = 16;

        private final Inputs inputs;
        private final Neighbours all;
        private final int most;
        private List<Example> last = List.of();
        private int[][] found = {};

        private Finder(Lesson lesson, double scale, int most) {
            this.inputs = Inputs.withTags(lesson, scale);
            this.all = new Neighbours(inputs, inputs.of(lesson));
            this.most = most;
        }

        private int[][] nearest(List<Example> examples) {
            return all.nearest(examples.stream().map(inputs::of).toArray(Input[]::new), most);
        }

        /** The same for many; trials that differ in k ask for the same queries one after the other. */
        private synchronized int[][] remembered(List<Example> examples) {
            if (!examples.equals(last)) {
                int parts = (examples.size() + AT_ONCE - 1) / AT_ONCE;
                found = IntStream.range(0, parts)
                        .parallel()
                        .mapToObj(part ->
                                examples.subList(part * AT_ONCE, Math.min(examples.size(), (part + 1) * AT_ONCE)))
                        .flatMap(part -> Arrays.stream(nearest(part)))
                        .toArray(int[][]::new);
                last = List.copyOf(examples);
            }
            return found;
        }
    }
}
