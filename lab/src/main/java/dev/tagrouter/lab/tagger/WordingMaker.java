package dev.tagrouter.lab.tagger;

import dev.tagrouter.core.tagging.FeatureTable;
import dev.tagrouter.core.tagging.Wording;
import java.util.Arrays;

/**
 * Finds the axes that the words of queries differ most along: the leading right singular vectors of the queries' words, each
 * query of unit length, without the first, which is what all have in common (latent semantic analysis).
 *
 * <p>Places are scaled so that the mean square of a query's distance from the centre is 1. No tag and no judgment is looked
 * at. How many axes there are was chosen on judged sets (docs/adr/0021).
 */
final class WordingMaker {
    private static final int AXES = 32;
    private static final int LEAST_WORDS = 4 * AXES;
    private static final int LEAST_QUERIES = 20 * AXES;

    /** Which axes of the space come first matters to nobody, so few do. */
    private static final int ITERATIONS = 12;

    private static final double LEAST_SPREAD = 1e-6;

    private final int words;
    /** Where the words of each query start, one entry more than queries. */
    private final int[] start;

    private final int[] word;
    private final float[] value;

    private WordingMaker(FeatureTable table, Vectors x, int words) {
        this.words = words;
        this.start = new int[x.rows + 1];
        this.word = new int[x.start[x.rows]];
        this.value = new float[word.length];
        int n = 0;
        for (int row = 0; row < x.rows; row++) {
            float squares = 0;
            for (int k = x.start[row]; k < x.start[row + 1]; k++) {
                if (x.feature[k] < words) {
                    word[n] = x.feature[k];
                    value[n] = x.value[k] * Wording.share(table.idf(x.feature[k]));
                    squares += value[n] * value[n];
                    n++;
                }
            }
            float length = (float) Math.sqrt(squares);
            for (int k = start[row]; k < n && length > 0; k++) {
                value[k] /= length;
            }
            start[row + 1] = n;
        }
    }

    /**
     * The axes of some queries; none where queries or words are too few to tell any.
     *
     * @param selection what the queries' features are numbers of
     * @param x the queries
     */
    static Wording of(Vectors.Selection selection, Vectors x, long seed) {
        if (selection.words() < LEAST_WORDS || x.rows < LEAST_QUERIES) {
            return Wording.none();
        }
        return new WordingMaker(selection.table(), x, selection.words()).wording(seed);
    }

    private Wording wording(long seed) {
        LeadingEigenvectors leading =
                new LeadingEigenvectors(this::timesItsTranspose, words, AXES + 1, ITERATIONS, seed);
        double[][] axis = new double[AXES][];
        double[] centre = new double[AXES];
        double squares = 0;
        for (int d = 0; d < AXES; d++) {
            axis[d] = leading.vector(d + 1);
            double[] place = times(axis[d]);
            centre[d] = Arrays.stream(place).average().orElse(0);
            for (double along : place) {
                squares += (along - centre[d]) * (along - centre[d]);
            }
        }
        double queries = start.length - 1.0;
        // Where all texts say the same, what is left to tell them apart is rounding.
        return squares > LEAST_SPREAD * queries ? wording(axis, centre, Math.sqrt(queries / squares)) : Wording.none();
    }

    private Wording wording(double[][] axis, double[] centre, double factor) {
        float[] scale = new float[words];
        byte[] rows = new byte[words * AXES];
        for (int w = 0; w < words; w++) {
            double most = 0;
            for (double[] along : axis) {
                most = Math.max(most, Math.abs(along[w]));
            }
            scale[w] = (float) (factor * most / Byte.MAX_VALUE);
            for (int d = 0; d < AXES && most > 0; d++) {
                rows[w * AXES + d] = (byte) Math.round(Byte.MAX_VALUE * axis[d][w] / most);
            }
        }
        float[] scaledCentre = new float[AXES];
        for (int d = 0; d < AXES; d++) {
            scaledCentre[d] = (float) (factor * centre[d]);
        }
        return new Wording(scale, rows, scaledCentre);
    }

    /** X'X v. */
    private double[] timesItsTranspose(double[] vector) {
        double[] along = times(vector);
        double[] product = new double[words];
        for (int row = 0; row < along.length; row++) {
            for (int k = start[row]; k < start[row + 1]; k++) {
                product[word[k]] += along[row] * value[k];
            }
        }
        return product;
    }

    /** X v: how far each query lies along a direction. */
    private double[] times(double[] vector) {
        double[] along = new double[start.length - 1];
        for (int row = 0; row < along.length; row++) {
            for (int k = start[row]; k < start[row + 1]; k++) {
                along[row] += value[k] * vector[word[k]];
            }
        }
        return along;
    }
}
