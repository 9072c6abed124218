package dev.tagrouter.lab.baseline;

/**
 * RouterBench-KNN (Hu et al., arXiv 2403.12031): a candidate is worth its mean quality on the k training queries
 * whose embeddings are nearest by cosine.
 */
final class Knn implements Method {
    private final int k;

    /** @param k how many neighbours, 1 or more */
    Knn(int k) {
        this.k = k;
    }

    @Override
    public String name() {
        return "knn-" + k;
    }

    @Override
    public String description() {
        return "RouterBench-KNN on sentence embeddings, k = " + k + " (arXiv 2403.12031)";
    }

    @Override
    public boolean needsEmbeddings() {
        return true;
    }

    @Override
    public Valuer fit(Lesson lesson, int trial) {
        ExpectedCost cost = new ExpectedCost(lesson);
        int n = lesson.examples().size();
        return (example, value, costUsd) -> {
            Nearest nearest = new Nearest(Math.min(k, n));
            for (int i = 0; i < n; i++) {
                nearest.offer(
                        i, example.embedding().cosine(lesson.examples().get(i).embedding()));
            }
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
