package dev.tagrouter.lab.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The processor's vectors: blocks of sums stay in registers while inputs go by. Only loaded where the incubating module is
 * there (docs/adr/0020).
 *
 * <p>Products are rounded before they are added, as in plain Java: a fused multiply-add would give other bits.
 */
final class VectorKernel implements Kernel {
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
    private static final int L = LANES.length();

    @Override
    public void addScaled(float factor, float[] row, int rowAt, float[] to, int toAt, int width) {
        FloatVector by = FloatVector.broadcast(LANES, factor);
        int o = 0;
        for (; o + L <= width; o += L) {
            at(to, toAt + o).add(by.mul(at(row, rowAt + o))).intoArray(to, toAt + o);
        }
        for (; o < width; o++) {
            to[toAt + o] += factor * row[rowAt + o];
        }
    }

    @Override
    public void addSums(float[][] in, int count, float[] rows, float[][] out) {
        int b = 0;
        for (; b + 3 < count; b += 4) {
            int o = sumFour(in[b], in[b + 1], in[b + 2], in[b + 3], rows, out[b], out[b + 1], out[b + 2], out[b + 3]);
            for (int k = b; k < b + 4; k++) {
                sumRest(in[k], rows, out[k], o);
            }
        }
        for (; b < count; b++) {
            sumRest(in[b], rows, out[b], sumOne(in[b], rows, out[b]));
        }
    }

    /** Four inputs by two vectors of their outputs at once; returns how many outputs are done. */
    private static int sumFour(
            float[] x0,
            float[] x1,
            float[] x2,
            float[] x3,
            float[] rows,
            float[] out0,
            float[] out1,
            float[] out2,
            float[] out3) {
        int width = out0.length;
        int o = 0;
        for (; o + 2 * L <= width; o += 2 * L) {
            FloatVector a0 = at(out0, o);
            FloatVector a1 = at(out1, o);
            FloatVector a2 = at(out2, o);
            FloatVector a3 = at(out3, o);
            FloatVector b0 = at(out0, o + L);
            FloatVector b1 = at(out1, o + L);
            FloatVector b2 = at(out2, o + L);
            FloatVector b3 = at(out3, o + L);
            int from = o;
            for (int i = 0; i < x0.length; i++) {
                FloatVector a = at(rows, from);
                FloatVector b = at(rows, from + L);
                a0 = a0.add(a.mul(x0[i]));
                b0 = b0.add(b.mul(x0[i]));
                a1 = a1.add(a.mul(x1[i]));
                b1 = b1.add(b.mul(x1[i]));
                a2 = a2.add(a.mul(x2[i]));
                b2 = b2.add(b.mul(x2[i]));
                a3 = a3.add(a.mul(x3[i]));
                b3 = b3.add(b.mul(x3[i]));
                from += width;
            }
            a0.intoArray(out0, o);
            a1.intoArray(out1, o);
            a2.intoArray(out2, o);
            a3.intoArray(out3, o);
            b0.intoArray(out0, o + L);
            b1.intoArray(out1, o + L);
            b2.intoArray(out2, o + L);
            b3.intoArray(out3, o + L);
        }
        return o;
    }

    /** One input by four vectors of its outputs at once. */
    private static int sumOne(float[] x, float[] rows, float[] out) {
        int width = out.length;
        int o = 0;
        for (; o + 4 * L <= width; o += 4 * L) {
            FloatVector a = at(out, o);
            FloatVector b = at(out, o + L);
            FloatVector c = at(out, o + 2 * L);
            FloatVector d = at(out, o + 3 * L);
            int from = o;
            for (float value : x) {
                a = a.add(at(rows, from).mul(value));
                b = b.add(at(rows, from + L).mul(value));
                c = c.add(at(rows, from + 2 * L).mul(value));
                d = d.add(at(rows, from + 3 * L).mul(value));
                from += width;
            }
            a.intoArray(out, o);
            b.intoArray(out, o + L);
            c.intoArray(out, o + 2 * L);
            d.intoArray(out, o + 3 * L);
        }
        return o;
    }

    /** The outputs from {@code from} on, which fill no block. */
    private static void sumRest(float[] x, float[] rows, float[] out, int from) {
        int width = out.length;
        int o = from;
        for (; o + L <= width; o += L) {
            FloatVector sum = at(out, o);
            for (int i = 0; i < x.length; i++) {
                sum = sum.add(at(rows, i * width + o).mul(x[i]));
            }
            sum.intoArray(out, o);
        }
        for (; o < width; o++) {
            float sum = out[o];
            for (int i = 0; i < x.length; i++) {
                sum += x[i] * rows[i * width + o];
            }
            out[o] = sum;
        }
    }

    @Override
    public void addProducts(float[][] in, float[][] back, int count, float[] rows) {
        int inputs = count == 0 ? 0 : in[0].length;
        int i = 0;
        for (; i + 1 < inputs; i += 2) {
            int o = productsOfTwo(in, back, count, rows, i);
            productsRest(in, back, count, rows, i, o);
            productsRest(in, back, count, rows, i + 1, o);
        }
        for (; i < inputs; i++) {
            productsRest(in, back, count, rows, i, 0);
        }
    }

    /** Two rows by two of their vectors at once; returns how much of the rows is done. */
    private static int productsOfTwo(float[][] in, float[][] back, int count, float[] rows, int i) {
        int width = back[0].length;
        int first = i * width;
        int second = first + width;
        int o = 0;
        for (; o + 2 * L <= width; o += 2 * L) {
            FloatVector a = at(rows, first + o);
            FloatVector b = at(rows, first + o + L);
            FloatVector c = at(rows, second + o);
            FloatVector d = at(rows, second + o + L);
            for (int k = 0; k < count; k++) {
                float[] x = in[k];
                FloatVector left = at(back[k], o);
                FloatVector right = at(back[k], o + L);
                a = a.add(left.mul(x[i]));
                b = b.add(right.mul(x[i]));
                c = c.add(left.mul(x[i + 1]));
                d = d.add(right.mul(x[i + 1]));
            }
            a.intoArray(rows, first + o);
            b.intoArray(rows, first + o + L);
            c.intoArray(rows, second + o);
            d.intoArray(rows, second + o + L);
        }
        return o;
    }

    /** The rest of one row. */
    private static void productsRest(float[][] in, float[][] back, int count, float[] rows, int i, int from) {
        int width = back[0].length;
        int row = i * width;
        int o = from;
        for (; o + L <= width; o += L) {
            FloatVector sum = at(rows, row + o);
            for (int k = 0; k < count; k++) {
                sum = sum.add(at(back[k], o).mul(in[k][i]));
            }
            sum.intoArray(rows, row + o);
        }
        for (; o < width; o++) {
            float sum = rows[row + o];
            for (int k = 0; k < count; k++) {
                sum += in[k][i] * back[k][o];
            }
            rows[row + o] = sum;
        }
    }

    private static FloatVector at(float[] values, int from) {
        return FloatVector.fromArray(LANES, values, from);
    }
}
