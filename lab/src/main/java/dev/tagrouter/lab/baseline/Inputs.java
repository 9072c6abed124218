package dev.tagrouter.lab.baseline;

import dev.tagrouter.core.embedding.Embedding;
import dev.tagrouter.core.tagging.Tags;

/**
 * Turns queries into {@linkplain Input numbers}: the sentence embedding (unit length), and where asked for the soft tags
 * beside it.
 */
final class Inputs {
    private final int dimensions;
    private final int tags;
    private final double scale;

    private Inputs(Lesson lesson, int tags, double scale) {
        this.dimensions = lesson.examples().getFirst().embedding().dimensions();
        this.tags = tags;
        this.scale = scale;
    }

    /** The embedding alone. */
    static Inputs embedding(Lesson lesson) {
        return new Inputs(lesson, 0, 0);
    }

    /**
     * The embedding and the soft tags.
     *
     * @param scale the length of the vector of tag confidences beside the embedding's 1; 0 leaves them out
     */
    static Inputs withTags(Lesson lesson, double scale) {
        return new Inputs(lesson, scale == 0 ? 0 : lesson.tagger().vocabulary().size(), scale);
    }

    int dense() {
        return dimensions;
    }

    int sparse() {
        return tags;
    }

    Input of(Example example) {
        Embedding embedding = example.embedding();
        float[] dense = new float[dimensions];
        for (int d = 0; d < dimensions; d++) {
            dense[d] = embedding.value(d);
        }
        Tags own = example.tags();
        int count = tags == 0 ? 0 : own.size();
        double squares = 0;
        for (int k = 0; k < count; k++) {
            squares += own.confidence(k) * own.confidence(k);
        }
        double factor = squares == 0 ? 0 : scale / Math.sqrt(squares);
        int[] at = new int[count];
        float[] weight = new float[count];
        for (int k = 0; k < count; k++) {
            at[k] = own.index(k);
            weight[k] = (float) (own.confidence(k) * factor);
        }
        return new Input(dense, at, weight);
    }

    Input[] of(Lesson lesson) {
        return lesson.examples().stream().map(this::of).toArray(Input[]::new);
    }
}
