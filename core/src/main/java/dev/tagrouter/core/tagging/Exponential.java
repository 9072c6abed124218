package dev.tagrouter.core.tagging;

/**
 * The exponential function for a few dozen calls a query, faster than {@link StrictMath#exp}: a table of 64 values to the unit
 * and the first terms of the series from one on to the next, in plain arithmetic, so the same bits on any machine.
 */
final class Exponential {
    /** Arguments beyond are taken as this. */
    static final double MOST = 9;

    private static final int STEPS = 64;
    private static final double[] AT_STEP = new double[2 * (int) MOST * STEPS + 1];

    static {
        for (int i = 0; i < AT_STEP.length; i++) {
            AT_STEP[i] = StrictMath.exp(i / (double) STEPS - MOST);
        }
    }

    private Exponential() {}

    /** e to the {@code x}, cut to {@value #MOST} on both sides; short of it by 1e-11 of itself at most, so it never falls. */
    static double of(double x) {
        double cut = Math.max(-MOST, Math.min(MOST, x));
        int step = (int) ((cut + MOST) * STEPS);
        double rest = cut + MOST - step / (double) STEPS;
        return AT_STEP[step] * (1 + rest * (1 + rest * (0.5 + rest * (1 / 6.0 + rest / 24))));
    }
}
