package dev.tagrouter.lab.evaluation;

/**
 * Ours beside the best other method on one task of a pool, by the mean quality of the deployable decisions.
 *
 * @param task the source's own label
 * @param queries how many queries bear it
 * @param ours mean quality of ours, in [0, 1]
 * @param best the method with the highest mean quality on the task but ours, in hindsight
 * @param bestQuality its mean quality
 */
public record TaskComparison(String task, int queries, double ours, String best, double bestQuality) {
    /** Below 0 where ours loses. */
    public double difference() {
        return ours - bestQuality;
    }
}
