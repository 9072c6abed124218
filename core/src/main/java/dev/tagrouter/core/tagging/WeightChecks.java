package dev.tagrouter.core.tagging;

/**
 * Checks of all weights, which run once, when a program starts, on code that is not compiled yet: in stretches, each a call, since the
 * JVM compiles what was called a hundred times long before what has looped for long; and a few values to the turn without a branch for
 * any, since code that was compiled in haste counts its turns and branches.
 */
final class WeightChecks {
    /** How many values a stretch has. */
    static final int STRETCH = 64;

    private WeightChecks() {}

    /** Whether there is neither an infinite number nor NaN. */
    static boolean areFinite(float[] values) {
        float sum = 0;
        int from = 0;
        for (; from + STRETCH <= values.length; from += STRETCH) {
            sum += zero(values, from);
        }
        for (; from < values.length; from++) {
            sum += 0 * values[from];
        }
        return sum == 0;
    }

    /** 0 where a stretch's numbers are finite, NaN otherwise. */
    private static float zero(float[] values, int from) {
        float sum = 0;
        for (int i = from; i < from + STRETCH; i += 4) {
            sum += 0 * values[i] + 0 * values[i + 1] + (0 * values[i + 2] + 0 * values[i + 3]);
        }
        return sum;
    }

    /** The highest of some numbers, or 0 where that is higher. */
    static float highest(float[] values) {
        float highest = 0;
        for (int from = 0; from < values.length; from += STRETCH) {
            highest = highest(highest, values, from, Math.min(values.length, from + STRETCH));
        }
        return highest;
    }

    private static float highest(float before, float[] values, int from, int to) {
        float highest = before;
        for (int i = from; i < to; i++) {
            // No Math.max, a call.
            highest = highest > values[i] ? highest : values[i];
        }
        return highest;
    }

    /** Whether no value, unsigned, is above the highest. */
    static boolean noneAbove(short[] values, int highest) {
        int signs = 0;
        int from = 0;
        for (; from + STRETCH <= values.length; from += STRETCH) {
            signs |= signsOfRest(values, from, highest);
        }
        for (; from < values.length; from++) {
            signs |= highest - (values[from] & 0xFFFF);
        }
        return signs >= 0;
    }

    /** Negative where a value of a stretch is above the highest. */
    private static int signsOfRest(short[] values, int from, int highest) {
        int signs = 0;
        for (int i = from; i < from + STRETCH; i += 4) {
            signs |= (highest - (values[i] & 0xFFFF))
                    | (highest - (values[i + 1] & 0xFFFF))
                    | (highest - (values[i + 2] & 0xFFFF))
                    | (highest - (values[i + 3] & 0xFFFF));
        }
        return signs;
    }

    /** Whether no value is negative or below the one before. */
    static boolean neverFall(int[] values) {
        int signs = values.length == 0 ? 0 : values[0];
        int from = 1;
        for (; from + STRETCH <= values.length; from += STRETCH) {
            signs |= signsOfSteps(values, from);
        }
        for (; from < values.length; from++) {
            signs |= values[from] - values[from - 1] | values[from];
        }
        return signs >= 0;
    }

    /** Negative where a value of a stretch is below the one before, or below zero: then the difference may overflow. */
    private static int signsOfSteps(int[] values, int from) {
        int signs = 0;
        for (int i = from; i < from + STRETCH; i += 4) {
            signs |= (values[i] - values[i - 1] | values[i])
                    | (values[i + 1] - values[i] | values[i + 1])
                    | (values[i + 2] - values[i + 1] | values[i + 2])
                    | (values[i + 3] - values[i + 2] | values[i + 3]);
        }
        return signs;
    }
}
