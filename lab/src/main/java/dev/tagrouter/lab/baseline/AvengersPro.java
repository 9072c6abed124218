package dev.tagrouter.lab.baseline;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Avengers-Pro (Zhang et al., arXiv 2508.12631): 25 K-means clusters of unit embeddings; a candidate's score in a cluster
 * is {@code alpha * normalised quality + (1 - alpha) * (1 - cost / greatest cost)}, summed over the three nearest clusters
 * by softmax(-9 * cosine distance).
 *
 * <p>Up to a factor and a constant that is {@code quality - weight * cost / greatest cost}, which is what is swept here.
 * Quality is taken from the worst to the best model of the cluster as 0 to 1, as published; between few models that keeps
 * only which is better, so the second trial takes it as it is.
 */
final class AvengersPro implements Method {
    private static final int CLUSTERS = 25;
    private static final int TOP = 3;
    private static final double BETA = 9;

    @Override
    public String name() {
        return "avengers-pro";
    }

    @Override
    public String description() {
        return "Avengers-Pro: 25 clusters of sentence embeddings, the three nearest (arXiv 2508.12631)";
    }

    @Override
    public boolean needsEmbeddings() {
        return true;
    }

    @Override
    public int trials() {
        return 2;
    }

    @Override
    public String setting(int trial) {
        return trial == 0 ? "quality=normalised" : "quality=plain";
    }

    @Override
    public Valuer fit(Lesson lesson, int trial) {
        return fitAll(lesson).get(trial);
    }

    /** Both trials share their clusters. */
    @Override
    public List<Valuer> fitAll(Lesson lesson) {
        Inputs inputs = Inputs.embedding(lesson);
        Clusters clusters = new Clusters(lesson, inputs.of(lesson), CLUSTERS);
        return IntStream.range(0, trials())
                .mapToObj(trial -> valuer(inputs, clusters, trial))
                .toList();
    }

    private static Valuer valuer(Inputs inputs, Clusters clusters, int trial) {
        double[][] quality = new double[clusters.count()][];
        double dearest = 0;
        for (int c = 0; c < quality.length; c++) {
            quality[c] = trial == 0 ? normalised(clusters.quality(c)) : clusters.quality(c);
            dearest = Math.max(dearest, Arrays.stream(clusters.costUsd(c)).max().orElse(0));
        }
        double greatest = dearest > 0 ? dearest : 1;
        return (example, value, costUsd) -> {
            Input input = inputs.of(example);
            int[] nearest = clusters.nearest(input, TOP);
            double[] share = shares(clusters, input, nearest);
            Arrays.fill(value, 0);
            Arrays.fill(costUsd, 0);
            for (int i = 0; i < nearest.length; i++) {
                for (int m = 0; m < value.length; m++) {
                    value[m] += share[i] * quality[nearest[i]][m];
                    costUsd[m] += share[i] * clusters.costUsd(nearest[i])[m] / greatest;
                }
            }
        };
    }

    private static double[] shares(Clusters clusters, Input input, int[] nearest) {
        float[] logit = new float[nearest.length];
        for (int i = 0; i < logit.length; i++) {
            logit[i] = (float) (-BETA * clusters.cosineDistance(input, nearest[i]));
        }
        return Logistic.softmax(logit);
    }

    /** From the worst to the best as 0 to 1; all 0 where they are equal. */
    static double[] normalised(double[] quality) {
        double least = Arrays.stream(quality).min().orElseThrow();
        double most = Arrays.stream(quality).max().orElseThrow();
        return Arrays.stream(quality)
                .map(q -> most > least ? (q - least) / (most - least) : 0)
                .toArray();
    }
}
