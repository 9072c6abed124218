package dev.tagrouter.lab.kernel;

/**
 * Sums of scaled rows, which training a net or a tagger consists of, and comparing a query with many. Every implementation adds the same products in the
 * same order, so that all give the same results, bit for bit.
 *
 * <p>Rows lie one after the other in one array. Safe for use by many threads that do not write to the same arrays.
 */
public interface Kernel {
    /** Adds {@code factor} times a row to another: {@code to[toAt + o] += factor * row[rowAt + o]}, o below {@code width}. */
    void addScaled(float factor, float[] row, int rowAt, float[] to, int toAt, int width);

    /**
     * A layer's way forward for a batch: {@code out[b][o] += in[b][0] * rows[0][o] + in[b][1] * rows[1][o] + ...}, from the
     * left.
     *
     * @param in the inputs, all of one length
     * @param count how many of them
     * @param rows the weights, at least a row for each element of an input, each as wide as an output
     * @param out the outputs, all of one length
     */
    void addSums(float[][] in, int count, float[] rows, float[][] out);

    /**
     * The way back, to the weights: {@code rows[i][o] += in[0][i] * back[0][o] + in[1][i] * back[1][o] + ...}, from the left.
     *
     * @param in the inputs, all of one length
     * @param back what is to go back to each output, all of one length
     * @param count how many of both
     * @param rows the weights' gradient, at least a row for each element of an input
     */
    void addProducts(float[][] in, float[][] back, int count, float[] rows);

    /**
     * The fastest there is here: by vectors where the JVM was started with {@code --add-modules jdk.incubator.vector}, as the
     * launcher does for commands that train; in plain Java, which takes up to ten times as long, elsewhere.
     */
    static Kernel best() {
        return Best.KERNEL;
    }

    /** In plain Java. */
    static Kernel plain() {
        return new PlainKernel();
    }
}
