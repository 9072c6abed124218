package dev.tagrouter.lab.metric;

/**
 * The gap between a weak and a strong model, of which a router between them recovers a part (RouteLLM, arXiv 2406.18665,
 * section 2.2).
 *
 * @param weak performance of the weak model alone: the area under its flat line over the share of strong calls
 * @param strong the same of the strong model
 */
public record PerformanceGap(double weak, double strong) {
    /** Whether the strong model is stronger at all: without a gap nothing can be recovered. */
    public boolean exists() {
        return strong > weak;
    }

    /**
     * The share of the gap that a performance recovers; of an AUC over the share of strong calls this is APGR. 0.5 is a
     * random router. NaN without a gap.
     */
    public double recovered(double performance) {
        return exists() ? (performance - weak) / (strong - weak) : Double.NaN;
    }

    /** The performance that recovers a share of the gap. */
    public double at(double share) {
        return weak + share * (strong - weak);
    }
}
