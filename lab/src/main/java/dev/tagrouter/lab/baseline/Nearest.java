package dev.tagrouter.lab.baseline;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The k examples most like a query, kept in a heap whose root is the least like it. Not for several threads. */
final class Nearest {
    private final float[] likeness;
    private final int[] example;
    private int size;

    Nearest(int k) {
        this.likeness = new float[k];
        this.example = new int[k];
    }

    void offer(int candidate, float like) {
        if (size < example.length) {
            rise(size++, candidate, like);
        } else if (like > likeness[0]) {
            sink(candidate, like);
        }
    }

    private void rise(int from, int candidate, float like) {
        int at = from;
        while (at > 0 && likeness[(at - 1) / 2] > like) {
            move((at - 1) / 2, at);
            at = (at - 1) / 2;
        }
        put(at, candidate, like);
    }

    private void sink(int candidate, float like) {
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && likeness[child + 1] < likeness[child]) {
                child++;
            }
            if (likeness[child] >= like) {
                break;
            }
            move(child, at);
            at = child;
        }
        put(at, candidate, like);
    }

    private void move(int from, int to) {
        put(to, example[from], likeness[from]);
    }

    private void put(int at, int candidate, float like) {
        example[at] = candidate;
        likeness[at] = like;
    }

    /** The examples, the most like first; of equals the first offered. */
    int[] sorted() {
        return IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -likeness[i]).thenComparingInt(i -> example[i]))
                .mapToInt(i -> example[i])
                .toArray();
    }
}
