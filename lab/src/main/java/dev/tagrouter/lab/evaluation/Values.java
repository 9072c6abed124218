package dev.tagrouter.lab.evaluation;

import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.baseline.Example;
import dev.tagrouter.lab.baseline.Method.Valuer;
import java.util.List;
import java.util.stream.IntStream;

/** What a method found the candidates worth, and expected them to cost, on some queries. */
final class Values {
    private final double[][] value;
    private final double[][] costUsd;
    /** By query: the fold it was valued in. */
    private final int[] fold;

    private Values(double[][] value, double[][] costUsd) {
        this.value = value;
        this.costUsd = costUsd;
        this.fold = new int[value.length];
    }

    /** Values for queries that will be filled in fold by fold. */
    static Values empty(int queries, int models) {
        return new Values(new double[queries][models], new double[queries][models]);
    }

    /** @throws LabException when the method gives something that is no number */
    static Values of(String method, Valuer valuer, List<Example> examples, int models) throws LabException {
        Values values = empty(examples.size(), models);
        valuer.valueAll(examples, values.value, values.costUsd);
        for (int q = 0; q < examples.size(); q++) {
            for (int m = 0; m < models; m++) {
                if (Double.isNaN(values.value[q][m]) || Double.isNaN(values.costUsd[q][m])) {
                    throw new LabException("method " + method + " gave NaN for candidate " + m
                            + " of the query at position " + q + " of a fold; mend the method");
                }
            }
        }
        return values;
    }

    /** Copies another's values, found in one fold, to the given positions. */
    void put(int foldUnderTest, int[] positions, Values other) {
        for (int i = 0; i < positions.length; i++) {
            value[positions[i]] = other.value[i];
            costUsd[positions[i]] = other.costUsd[i];
            fold[positions[i]] = foldUnderTest;
        }
    }

    /** Some of the queries, in the order of their positions. */
    Values at(int[] positions) {
        Values part = new Values(
                IntStream.of(positions).mapToObj(q -> value[q]).toArray(double[][]::new),
                IntStream.of(positions).mapToObj(q -> costUsd[q]).toArray(double[][]::new));
        for (int i = 0; i < positions.length; i++) {
            part.fold[i] = fold[positions[i]];
        }
        return part;
    }

    /** The folds that queries were valued in, rising. */
    int[] folds() {
        return IntStream.of(fold).distinct().sorted().toArray();
    }

    /** The queries that were valued in a fold. */
    int[] positions(int inFold) {
        return IntStream.range(0, fold.length).filter(q -> fold[q] == inFold).toArray();
    }

    int count() {
        return value.length;
    }

    int fold(int query) {
        return fold[query];
    }

    double value(int query, int model) {
        return value[query][model];
    }

    double costUsd(int query, int model) {
        return costUsd[query][model];
    }
}
