package dev.tagrouter.lab.baseline;

/**
 * A query as numbers: a dense part, and a sparse one whose positions count from 0 after it. Immutable once made.
 *
 * <p>A class and no record, because it is compared by nobody and holds arrays for speed.
 */
final class Input {
    final float[] dense;
    final int[] at;
    final float[] weight;

    /** Takes the arrays over, not copied. */
    Input(float[] dense, int[] at, float[] weight) {
        this.dense = dense;
        this.at = at;
        this.weight = weight;
    }
}
