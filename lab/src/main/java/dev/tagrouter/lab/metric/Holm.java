package dev.tagrouter.lab.metric;

import java.util.stream.IntStream;

/** Holm's step-down correction (1979): p-values of several claims, raised so that all of them may be made at once. */
public final class Holm {
    private Holm() {}

    /**
     * The corrected p-values, in the order given. The i-th smallest of n is multiplied by n - i + 1; none is lower than
     * a smaller one's or above 1.
     *
     * @param pValues each in [0, 1]
     * @throws IllegalArgumentException when a value is no probability
     */
    public static double[] corrected(double... pValues) {
        for (double p : pValues) {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("a p-value is " + p + "; leave out what was not tested");
            }
        }
        int[] rising = IntStream.range(0, pValues.length)
                .boxed()
                .sorted((a, b) -> Double.compare(pValues[a], pValues[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] corrected = new double[pValues.length];
        double least = 0;
        for (int i = 0; i < rising.length; i++) {
            least = Math.max(least, Math.min(1, (rising.length - i) * pValues[rising[i]]));
            corrected[rising[i]] = least;
        }
        return corrected;
    }
}
