package dev.tagrouter.lab.baseline;

/**
 * UniRoute with K-means (Jitkrittum et al., arXiv 2502.08773): a candidate is the vector of its mean errors in each
 * cluster; {@code argmin phi(q)' psi_M + lambda * cost}, phi being the query's cluster. The number of clusters is chosen on
 * validation, as published.
 */
final class UniRoute implements Method {
    private static final int[] CLUSTERS = {10, 25, 60, 100};

    @Override
    public String name() {
        return "uniroute";
    }

    @Override
    public String description() {
        return "UniRoute: mean errors in K-means clusters of sentence embeddings (arXiv 2502.08773)";
    }

    @Override
    public boolean needsEmbeddings() {
        return true;
    }

    @Override
    public int trials() {
        return CLUSTERS.length;
    }

    @Override
    public String setting(int trial) {
        return "clusters=" + CLUSTERS[trial];
    }

    @Override
    public Valuer fit(Lesson lesson, int trial) {
        Inputs inputs = Inputs.embedding(lesson);
        Clusters clusters = new Clusters(lesson, inputs.of(lesson), CLUSTERS[trial]);
        ExpectedCost cost = new ExpectedCost(lesson);
        return (example, value, costUsd) -> {
            double[] quality = clusters.quality(clusters.nearest(inputs.of(example)));
            System.arraycopy(quality, 0, value, 0, value.length);
            cost.of(example.query(), costUsd);
        };
    }
}
