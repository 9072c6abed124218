package dev.tagrouter.core.scoring;

/**
 * What a model's sum of terms is off by, told by the sum itself: {@code constant + slope * t + curvature * t^2}, with t the sum
 * less {@code centre}, but no further than {@code reach} from 0. A sum of effects is straight, and quality is not: a model is
 * never better than right and never worse than wrong (docs/adr/0022-bend.md).
 *
 * @param centre the sum at which t is 0
 * @param reach how far from the centre sums lay that it was learned from, 0 or more
 * @param constant what is added at the centre, in the unit of quality
 * @param slope per unit of t
 * @param curvature per unit of t squared
 */
public record Bend(double centre, double reach, double constant, double slope, double curvature) {
    /** A score is the sum of its terms as it stands. */
    public static final Bend NONE = new Bend(0, 0, 0, 0, 0);

    /** Adding 0 turns a negative zero, which the tables do not tell from zero, into zero. */
    public Bend {
        centre += 0.0;
        reach += 0.0;
        constant += 0.0;
        slope += 0.0;
        curvature += 0.0;
        if (!Double.isFinite(centre)
                || !(reach >= 0)
                || !Double.isFinite(reach)
                || !Double.isFinite(constant)
                || !Double.isFinite(slope)
                || !Double.isFinite(curvature)) {
            throw new IllegalArgumentException(
                    "an impossible bend: centre " + centre + ", reach " + reach + ", constant " + constant + ", slope "
                            + slope + ", curvature " + curvature + "; the reach is 0 or more and all are finite");
        }
    }

    /** What to add to a sum of terms. */
    public double at(double sum) {
        double t = Math.max(-reach, Math.min(reach, sum - centre));
        return constant + t * (slope + t * curvature);
    }

    /** Whether nothing is ever added. */
    public boolean isNone() {
        return constant == 0 && slope == 0 && curvature == 0;
    }
}
