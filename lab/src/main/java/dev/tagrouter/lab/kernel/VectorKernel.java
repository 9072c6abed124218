package dev.tagrouter.lab.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The processor's vectors: eight rows at a time are added to a sum that is loaded and stored once. Only loaded where the
 * incubating module is there (docs/adr/0020).
 *
 * <p>Products are rounded before they are added, as in plain Java: a fused multiply-add would give other bits. No vector
 * is changed from one turn of a loop to the next: the JIT knows the class of such a one from its profile alone, and where it has
 * none (now and then, by the order in which it compiles) every addition makes two objects and takes ten times as long.
 */
final class VectorKernel implements Kernel {
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
    private static final int L = LANES.length();
    private static final int ROWS = 8;

    @Override
    public void addScaled(float factor, float[] row, int rowAt, float[] to, int toAt, int width) {
        int o = 0;
        for (; o + L <= width; o += L) {
            at(to, toAt + o).add(at(row, rowAt + o).mul(factor)).intoArray(to, toAt + o);
        }
        for (; o < width; o++) {
            to[toAt + o] += factor * row[rowAt + o];
        }
    }

    @Override
    public void addSums(float[][] in, int count, float[] rows, float[][] out) {
        int inputs = count == 0 ? 0 : in[0].length;
        int width = count == 0 ? 0 : out[0].length;
        int whole = width - width % L;
        int i = 0;
        for (; i + ROWS <= inputs; i += ROWS) {
            for (int o = 0; o < whole; o += L) {
                addRows(in, count, rows, i, o, out);
            }
            for (int b = 0; b < count; b++) {
                addRowsRest(in[b], rows, i, whole, out[b]);
            }
        }
        for (; i < inputs; i++) {
            for (int b = 0; b < count; b++) {
                addScaled(in[b][i], rows, i * width, out[b], 0, width);
            }
        }
    }

    /** Adds eight rows, from the i-th on, to all outputs at a vector's place. */
    private static void addRows(float[][] in, int count, float[] rows, int i, int o, float[][] out) {
        int width = out[0].length;
        int from = i * width + o;
        FloatVector r0 = at(rows, from);
        FloatVector r1 = at(rows, from + width);
        FloatVector r2 = at(rows, from + 2 * width);
        FloatVector r3 = at(rows, from + 3 * width);
        FloatVector r4 = at(rows, from + 4 * width);
        FloatVector r5 = at(rows, from + 5 * width);
        FloatVector r6 = at(rows, from + 6 * width);
        FloatVector r7 = at(rows, from + 7 * width);
        for (int b = 0; b < count; b++) {
            float[] x = in[b];
            float[] to = out[b];
            at(to, o)
                    .add(r0.mul(x[i]))
                    .add(r1.mul(x[i + 1]))
                    .add(r2.mul(x[i + 2]))
                    .add(r3.mul(x[i + 3]))
                    .add(r4.mul(x[i + 4]))
                    .add(r5.mul(x[i + 5]))
                    .add(r6.mul(x[i + 6]))
                    .add(r7.mul(x[i + 7]))
                    .intoArray(to, o);
        }
    }

    /** The same to one output at the places that fill no vector. */
    private static void addRowsRest(float[] x, float[] rows, int i, int from, float[] to) {
        int width = to.length;
        for (int o = from; o < width; o++) {
            float sum = to[o];
            for (int row = i; row < i + ROWS; row++) {
                sum += x[row] * rows[row * width + o];
            }
            to[o] = sum;
        }
    }

    @Override
    public void addProducts(float[][] in, float[][] back, int count, float[] rows) {
        int inputs = count == 0 ? 0 : in[0].length;
        int width = count == 0 ? 0 : back[0].length;
        int whole = width - width % L;
        int b = 0;
        for (; b + ROWS <= count; b += ROWS) {
            for (int o = 0; o < whole; o += L) {
                addBacks(in, back, b, o, rows);
            }
            for (int o = whole; o < width; o++) {
                addBacksRest(in, back, b, o, rows);
            }
        }
        for (; b < count; b++) {
            for (int i = 0; i < inputs; i++) {
                addScaled(in[b][i], back[b], 0, rows, i * width, width);
            }
        }
    }

    /** Adds what eight of a batch, from the b-th on, send back to all rows at a vector's place. */
    private static void addBacks(float[][] in, float[][] back, int b, int o, float[] rows) {
        int width = back[b].length;
        float[] x0 = in[b];
        float[] x1 = in[b + 1];
        float[] x2 = in[b + 2];
        float[] x3 = in[b + 3];
        float[] x4 = in[b + 4];
        float[] x5 = in[b + 5];
        float[] x6 = in[b + 6];
        float[] x7 = in[b + 7];
        FloatVector d0 = at(back[b], o);
        FloatVector d1 = at(back[b + 1], o);
        FloatVector d2 = at(back[b + 2], o);
        FloatVector d3 = at(back[b + 3], o);
        FloatVector d4 = at(back[b + 4], o);
        FloatVector d5 = at(back[b + 5], o);
        FloatVector d6 = at(back[b + 6], o);
        FloatVector d7 = at(back[b + 7], o);
        for (int i = 0; i < x0.length; i++) {
            int to = i * width + o;
            at(rows, to)
                    .add(d0.mul(x0[i]))
                    .add(d1.mul(x1[i]))
                    .add(d2.mul(x2[i]))
                    .add(d3.mul(x3[i]))
                    .add(d4.mul(x4[i]))
                    .add(d5.mul(x5[i]))
                    .add(d6.mul(x6[i]))
                    .add(d7.mul(x7[i]))
                    .intoArray(rows, to);
        }
    }

    /** The same at a place that fills no vector; said out, for as a loop over the batch it takes four times as long. */
    private static void addBacksRest(float[][] in, float[][] back, int b, int o, float[] rows) {
        int width = back[b].length;
        float[] x0 = in[b];
        float[] x1 = in[b + 1];
        float[] x2 = in[b + 2];
        float[] x3 = in[b + 3];
        float[] x4 = in[b + 4];
        float[] x5 = in[b + 5];
        float[] x6 = in[b + 6];
        float[] x7 = in[b + 7];
        float d0 = back[b][o];
        float d1 = back[b + 1][o];
        float d2 = back[b + 2][o];
        float d3 = back[b + 3][o];
        float d4 = back[b + 4][o];
        float d5 = back[b + 5][o];
        float d6 = back[b + 6][o];
        float d7 = back[b + 7][o];
        for (int i = 0; i < x0.length; i++) {
            int to = i * width + o;
            rows[to] = rows[to]
                    + d0 * x0[i]
                    + d1 * x1[i]
                    + d2 * x2[i]
                    + d3 * x3[i]
                    + d4 * x4[i]
                    + d5 * x5[i]
                    + d6 * x6[i]
                    + d7 * x7[i];
        }
    }

    private static FloatVector at(float[] values, int from) {
        return FloatVector.fromArray(LANES, values, from);
    }
}
