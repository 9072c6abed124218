package dev.tagrouter.core.embedding;

/** A sentence embedding of unit length. Immutable; the zero-length one stands for none. */
public final class Embedding {
    /** No embedding. */
    public static final Embedding NONE = new Embedding(new float[0]);

    private final float[] values;

    private Embedding(float[] values) {
        this.values = values;
    }

    /** Scales values to length 1; all zero stays all zero. */
    public static Embedding of(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        float[] unit = values.clone();
        if (squares > 0) {
            float scale = (float) (1 / Math.sqrt(squares));
            for (int i = 0; i < unit.length; i++) {
                unit[i] *= scale;
            }
        }
        return new Embedding(unit);
    }

    public boolean isNone() {
        return values.length == 0;
    }

    public int dimensions() {
        return values.length;
    }

    public float value(int dimension) {
        return values[dimension];
    }

    /** The cosine of the angle between two embeddings of as many dimensions, in [-1, 1] up to rounding. */
    public float cosine(Embedding other) {
        float sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * other.values[i];
        }
        return sum;
    }
}
