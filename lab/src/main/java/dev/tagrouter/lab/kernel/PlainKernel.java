package dev.tagrouter.lab.kernel;

/** Loops that the JIT turns into vector instructions as far as it can; four rows at once load and store the sum once. */
final class PlainKernel implements Kernel {
    @Override
    public void addScaled(float factor, float[] row, int rowAt, float[] to, int toAt, int width) {
        for (int o = 0; o < width; o++) {
            to[toAt + o] += factor * row[rowAt + o];
        }
    }

    @Override
    public void addSums(float[][] in, int count, float[] rows, float[][] out) {
        for (int b = 0; b < count; b++) {
            float[] x = in[b];
            float[] sum = out[b];
            int width = sum.length;
            int i = 0;
            for (; i + 3 < x.length; i += 4) {
                addFour(x, i, rows, sum);
            }
            for (; i < x.length; i++) {
                addScaled(x[i], rows, i * width, sum, 0, width);
            }
        }
    }

    private static void addFour(float[] x, int i, float[] rows, float[] sum) {
        int width = sum.length;
        int from = i * width;
        float x0 = x[i];
        float x1 = x[i + 1];
        float x2 = x[i + 2];
        float x3 = x[i + 3];
        for (int o = 0; o < width; o++) {
            sum[o] = sum[o]
                    + x0 * rows[from + o]
                    + x1 * rows[from + width + o]
                    + x2 * rows[from + 2 * width + o]
                    + x3 * rows[from + 3 * width + o];
        }
    }

    @Override
    public void addProducts(float[][] in, float[][] back, int count, float[] rows) {
        for (int i = 0; count > 0 && i < in[0].length; i++) {
            int width = back[0].length;
            int b = 0;
            for (; b + 3 < count; b += 4) {
                addFour(in, back, b, i, rows);
            }
            for (; b < count; b++) {
                addScaled(in[b][i], back[b], 0, rows, i * width, width);
            }
        }
    }

    private static void addFour(float[][] in, float[][] back, int b, int i, float[] rows) {
        float x0 = in[b][i];
        float x1 = in[b + 1][i];
        float x2 = in[b + 2][i];
        float x3 = in[b + 3][i];
        float[] d0 = back[b];
        float[] d1 = back[b + 1];
        float[] d2 = back[b + 2];
        float[] d3 = back[b + 3];
        int width = d0.length;
        int from = i * width;
        for (int o = 0; o < width; o++) {
            rows[from + o] = rows[from + o] + x0 * d0[o] + x1 * d1[o] + x2 * d2[o] + x3 * d3[o];
        }
    }
}
