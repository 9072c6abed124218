package dev.tagrouter.lab.metric;

/**
 * RouterArena's S: accuracy and cheapness in one figure, accuracy counting most:
 * {@code S = 1.1 A C / (0.1 A + C)} with {@code C = (log2 200 - log2 u) / (log2 200 - log2 0.0044)}, where {@code u} is
 * the cost of a thousand queries in USD.
 */
public final class ArenaScore {
    private static final double BETA = 0.1;
    private static final double DEAREST_USD = 200;
    private static final double CHEAPEST_USD = 0.0044;
    private static final double QUERIES = 1_000;

    private ArenaScore() {}

    /**
     * The score, in [0, 1].
     *
     * @param accuracy A: the mean quality of what was chosen, in [0, 1]
     * @param usdPerQuery mean cost of a query; C is cut to [0, 1] beyond the two ends of its scale
     */
    public static double of(double accuracy, double usdPerQuery) {
        double cheapness = Math.log(DEAREST_USD / (QUERIES * usdPerQuery)) / Math.log(DEAREST_USD / CHEAPEST_USD);
        double c = Math.clamp(cheapness, 0.0, 1.0);
        double divisor = BETA * accuracy + c;
        return divisor > 0 ? (1 + BETA) * accuracy * c / divisor : 0;
    }
}
