package dev.tagrouter.lab.baseline;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ours with a sentence embedding beside the tags: a weighted mean of our score and of a ridge regression on the embedding.
 *
 * <p>The embedding's share, none included, and its penalty are those of the smallest held-out squared error of who does
 * how much better than whom, within the lesson, as ours chooses its own penalty; ten blends are compared.
 */
final class TagsAndEmbedding implements Method {
    private static final double[] SHARE = {0, 0.25, 0.5, 0.75};
    private static final double[] PENALTY = {10, 30, 100};
    private static final int FOLDS = 3;

    private final Method tags = new TagRouter();

    @Override
    public String name() {
        return "tagrouter+embedding";
    }

    @Override
    public String description() {
        return "ours, averaged with ridge regression on sentence embeddings";
    }

    @Override
    public boolean needsEmbeddings() {
        return true;
    }

    @Override
    public boolean needsTags() {
        return true;
    }

    @Override
    public Valuer fit(Lesson lesson, int trial) throws IOException {
        Valuer byTags = tags.fit(lesson, 0);
        Blend blend = lesson.examples().size() < FOLDS ? new Blend(0, PENALTY[0]) : chosen(lesson);
        if (blend.share() == 0) {
            return byTags;
        }
        Inputs inputs = Inputs.embedding(lesson);
        Ridge ridge = new Ridge(inputs.of(lesson), lesson.qualityTable(), blend.penalty());
        return (example, value, costUsd) -> {
            byTags.value(example, value, costUsd);
            Input input = inputs.of(example);
            for (int m = 0; m < value.length; m++) {
                value[m] = blend.of(value[m], ridge.predict(input, m));
            }
        };
    }

    /** How much the embedding counts. */
    private record Blend(double share, double penalty) {
        double of(double byTags, double byEmbedding) {
            return (1 - share) * byTags + share * byEmbedding;
        }
    }

    private Blend chosen(Lesson lesson) throws IOException {
        double[][] error = new double[SHARE.length][PENALTY.length];
        for (int fold = 0; fold < FOLDS; fold++) {
            addErrors(lesson, fold, error);
        }
        Blend best = new Blend(SHARE[0], PENALTY[0]);
        double least = error[0][0];
        for (int s = 0; s < SHARE.length; s++) {
            for (int p = 0; p < PENALTY.length; p++) {
                if (error[s][p] < least) {
                    least = error[s][p];
                    best = new Blend(SHARE[s], PENALTY[p]);
                }
            }
        }
        return best;
    }

    private void addErrors(Lesson lesson, int fold, double[][] error) throws IOException {
        int all = lesson.examples().size();
        Lesson training =
                lesson.at(IntStream.range(0, all).filter(i -> i % FOLDS != fold).toArray());
        Lesson held =
                lesson.at(IntStream.range(0, all).filter(i -> i % FOLDS == fold).toArray());
        int models = lesson.modelCount();
        double[][] byTags = new double[held.examples().size()][models];
        Valuer valuer = tags.fit(training, 0);
        for (int i = 0; i < byTags.length; i++) {
            valuer.value(held.examples().get(i), byTags[i], new double[models]);
        }
        Inputs inputs = Inputs.embedding(lesson);
        Input[] known = inputs.of(training);
        Input[] asked = inputs.of(held);
        double[] difference = new double[models];
        List<Ridge> ridges = Ridge.all(known, training.qualityTable(), PENALTY);
        for (int p = 0; p < PENALTY.length; p++) {
            Ridge ridge = ridges.get(p);
            for (int i = 0; i < asked.length; i++) {
                for (int s = 0; s < SHARE.length; s++) {
                    Blend blend = new Blend(SHARE[s], PENALTY[p]);
                    for (int m = 0; m < models; m++) {
                        difference[m] = blend.of(byTags[i][m], ridge.predict(asked[i], m)) - held.quality(i, m);
                    }
                    error[s][p] += spread(difference);
                }
            }
        }
    }

    /** The sum of squares about the mean: what is the same for all candidates changes no choice. */
    private static double spread(double[] values) {
        double mean = Arrays.stream(values).sum() / values.length;
        return Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
    }
}
