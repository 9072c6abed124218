package dev.tagrouter.learning;

/** How an answer did against another to the same query: won, tied or lost, within the tie margin. */
public enum Outcome {
    WIN,
    TIE,
    LOSS;

    /** Widens the tie margin by rounding noise: 0.55 - 0.5 is a tie at margin 0.05. */
    private static final double ROUNDING = 1e-9;

    /**
     * The outcome of a difference in quality.
     *
     * @param gain the answer's quality less the other's
     * @param tieMargin qualities that differ by no more than this tie, 0 or more
     */
    public static Outcome of(double gain, double tieMargin) {
        double margin = tieMargin + ROUNDING;
        return gain > margin ? WIN : gain < -margin ? LOSS : TIE;
    }
}
