package dev.tagrouter.lab.importer;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Judgments on disk while they are collected, and the mean of each cell for a range of queries at a time. */
final class Cells implements AutoCloseable {
    private final Path file;
    private final DataOutputStream out;
    private long count;
    private boolean anyLength;

    Cells(Path file) throws IOException {
        this.file = file;
        this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
    }

    void add(int query, int model, double quality, double outputChars) throws IOException {
        out.writeInt(query);
        out.writeInt(model);
        out.writeDouble(quality);
        out.writeDouble(outputChars);
        anyLength |= !Double.isNaN(outputChars);
        count++;
    }

    long count() {
        return count;
    }

    boolean anyLength() {
        return anyLength;
    }

    /** The judgments of the queries from {@code first} on, as many as {@code rows}. */
    Window window(int first, int rows, int models) throws IOException {
        out.flush();
        Window window = new Window(first, rows, models);
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            for (long i = 0; i < count; i++) {
                window.add(in.readInt(), in.readInt(), in.readDouble(), in.readDouble());
            }
        }
        return window;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Means by query and model; NaN where there is no judgment. */
    static final class Window {
        private final int first;
        private final int rows;
        private final int models;
        private final double[] quality;
        private final double[] length;
        private final int[] judged;
        private final int[] measured;

        private Window(int first, int rows, int models) {
            this.first = first;
            this.rows = rows;
            this.models = models;
            this.quality = new double[rows * models];
            this.length = new double[rows * models];
            this.judged = new int[rows * models];
            this.measured = new int[rows * models];
        }

        private void add(int query, int model, double ownQuality, double ownLength) {
            if (query < first || query >= first + rows) {
                return;
            }
            int cell = (query - first) * models + model;
            quality[cell] += ownQuality;
            judged[cell]++;
            if (!Double.isNaN(ownLength)) {
                length[cell] += ownLength;
                measured[cell]++;
            }
        }

        double quality(int query, int model) {
            int cell = (query - first) * models + model;
            return judged[cell] == 0 ? Double.NaN : quality[cell] / judged[cell];
        }

        double length(int query, int model) {
            int cell = (query - first) * models + model;
            return measured[cell] == 0 ? Double.NaN : length[cell] / measured[cell];
        }

        /** How many judgments were of a cell that had one already. */
        long repeated() {
            long repeated = 0;
            for (int n : judged) {
                repeated += Math.max(0, n - 1);
            }
            return repeated;
        }

        /** How many cells have a judgment. */
        long filled() {
            long filled = 0;
            for (int n : judged) {
                filled += n > 0 ? 1 : 0;
            }
            return filled;
        }
    }
}
