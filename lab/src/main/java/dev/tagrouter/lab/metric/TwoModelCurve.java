package dev.tagrouter.lab.metric;

import java.util.stream.IntStream;

/**
 * AR of two candidates as a function of the share of queries sent to the large one, from 0 to 1 (paper, section 4.2).
 *
 * <p>Queries go to the large model in the order of delta = S_small - S_large, lowest first; queries of equal delta go
 * together, along a straight line.
 */
public final class TwoModelCurve {
    private final int[] order;
    private final boolean[] lastOfEquals;
    private final boolean[] small;
    private final boolean[] large;

    /**
     * @param delta S_small - S_large of each query, not NaN
     * @param smallModel the position of the small model; the other of the two is the large one
     */
    public TwoModelCurve(Outcomes outcomes, double[] delta, int smallModel) {
        if (outcomes.models() != 2) {
            throw new IllegalArgumentException(
                    "the curve over the share of a large model needs two candidates, not " + outcomes.models());
        }
        int n = delta.length;
        this.order = IntStream.range(0, n)
                .boxed()
                .sorted((a, b) -> Double.compare(delta[a], delta[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        this.lastOfEquals = new boolean[n];
        this.small = new boolean[n];
        this.large = new boolean[n];
        for (int i = 0; i < n; i++) {
            lastOfEquals[i] = i == n - 1 || delta[order[i]] != delta[order[i + 1]];
            small[i] = outcomes.accepted(order[i], smallModel);
            large[i] = outcomes.accepted(order[i], 1 - smallModel);
        }
    }

    /**
     * Both areas at once.
     *
     * @param auc area under AR over the share sent to the large model, in [0, 1]
     * @param pauc area of that curve above the better single model's AR, 0 or more
     */
    public record Areas(double auc, double pauc) {}

    /** @param weights how often each query counts; all sum to more than 0 */
    public Areas areas(int[] weights) {
        long total = 0;
        long smallAccepted = 0;
        long largeAccepted = 0;
        for (int i = 0; i < order.length; i++) {
            int w = weights[order[i]];
            total += w;
            smallAccepted += small[i] ? w : 0;
            largeAccepted += large[i] ? w : 0;
        }
        double best = Math.max(smallAccepted, largeAccepted);
        double auc = 0;
        double pauc = 0;
        double from = smallAccepted;
        double to = from;
        long width = 0;
        for (int i = 0; i < order.length; i++) {
            int w = weights[order[i]];
            width += w;
            to += (large[i] ? w : 0) - (small[i] ? w : 0);
            if (lastOfEquals[i] && width > 0) {
                auc += width * (from + to) / 2;
                pauc += width * above(from - best, to - best);
                from = to;
                width = 0;
            }
        }
        double square = (double) total * total;
        return new Areas(auc / square, pauc / square);
    }

    /**
     * The smallest share of queries sent to the large model at which AR is reached: with the AR that recovers a share p of
     * the gap between the models, RouteLLM's CPT(p).
     *
     * @param acceptRate in [0, 1]
     * @param weights how often each query counts; all sum to more than 0
     * @return from 0 to 1, between two points along the straight line; NaN when AR never gets there
     */
    public double shareReaching(double acceptRate, int[] weights) {
        long total = 0;
        double at = 0;
        for (int i = 0; i < order.length; i++) {
            total += weights[order[i]];
            at += small[i] ? weights[order[i]] : 0;
        }
        // Whole counts are compared with a product: a trifle of rounding must not hide that AR was reached.
        double wanted = acceptRate * total - 1e-9 * total;
        double to = at;
        long sent = 0;
        long width = 0;
        for (int i = 0; i < order.length && at < wanted; i++) {
            int w = weights[order[i]];
            width += w;
            to += (large[i] ? w : 0) - (small[i] ? w : 0);
            if (lastOfEquals[i] && width > 0) {
                if (to >= wanted) {
                    return (sent + width * (wanted - at) / (to - at)) / total;
                }
                sent += width;
                width = 0;
                at = to;
            }
        }
        return at >= wanted ? 0 : Double.NaN;
    }

    /** The mean of max(0, y) along the straight line from {@code a} to {@code b}. */
    private static double above(double a, double b) {
        if (a >= 0 && b >= 0) {
            return (a + b) / 2;
        }
        double top = Math.max(a, b);
        return top <= 0 ? 0 : top * top / (2 * Math.abs(b - a));
    }
}
