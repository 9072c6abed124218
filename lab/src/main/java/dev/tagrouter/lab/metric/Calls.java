package dev.tagrouter.lab.metric;

/**
 * A choice that may follow other calls, as one int: the candidate whose answer is accepted, and those called before it
 * in vain. A candidate's position alone is the choice that calls nothing else, so choices of a single call need none of
 * this.
 *
 * <p>The accepted candidate stands in the lowest 8 bits; above it 8 bits for each earlier call, the latest lowest, one
 * more than its position.
 */
public final class Calls {
    /** The most calls of one query: what is published goes no further (FrugalGPT, arXiv 2305.05176). */
    public static final int MOST = 3;

    /** The most candidates of a pool in which calls can follow each other. */
    public static final int MOST_CANDIDATES = 255;

    private static final int BITS = 8;
    private static final int MASK = (1 << BITS) - 1;

    private Calls() {}

    /**
     * The choice that first makes all calls of another and then accepts a candidate.
     *
     * @param choice at most {@value #MOST} - 1 calls
     * @param model the candidate's position, below {@value #MOST_CANDIDATES}
     */
    public static int then(int choice, int model) {
        if ((choice >>> ((MOST - 1) * BITS)) != 0 || model >= MOST_CANDIDATES) {
            throw new IllegalArgumentException("candidate " + model + " after " + count(choice)
                    + " calls; a choice holds at most " + MOST + " calls and " + MOST_CANDIDATES + " candidates");
        }
        return model | ((accepted(choice) + 1) << BITS) | ((choice >>> BITS) << (2 * BITS));
    }

    /** The candidate whose answer is accepted. */
    public static int accepted(int choice) {
        return choice & MASK;
    }

    /** How many candidates are called. */
    public static int count(int choice) {
        int count = 1;
        for (int earlier = choice >>> BITS; earlier != 0; earlier >>>= BITS) {
            count++;
        }
        return count;
    }

    /** What all calls cost together, by each candidate's cost. */
    static double costUsd(int choice, double[] costUsd) {
        double sum = costUsd[accepted(choice)];
        for (int earlier = choice >>> BITS; earlier != 0; earlier >>>= BITS) {
            sum += costUsd[(earlier & MASK) - 1];
        }
        return sum;
    }
}
