package dev.tagrouter.lab.baseline;

/**
 * How a {@link Net} is trained.
 *
 * @param rate Adam's learning rate, above 0
 * @param weightDecay added to every gradient as this much of the parameter (L2), 0 or more
 * @param batch examples a step, 1 or more
 * @param epochs how often each example is seen at most, 1 or more
 * @param noise standard deviation of Gaussian noise added to the dense inputs while training, 0 or more
 * @param patience training ends after so many epochs without a lower loss on a held-out tenth, and goes back to the
 *     best; 0 trains all epochs on all examples
 * @param mostSeen how many examples are seen at most, epochs counted, 1 or more: fewer epochs on large sets
 */
record Training(double rate, double weightDecay, int batch, int epochs, double noise, int patience, int mostSeen) {
    /**
     * Seen at most unless told otherwise: 78 epochs of the 640 training queries of an AlpacaEval pool, 5 of a set of ten
     * thousand.
     */
    static final int MOST_SEEN = 50_000;

    Training {
        if (!(rate > 0)
                || !(weightDecay >= 0)
                || !(noise >= 0)
                || batch < 1
                || epochs < 1
                || patience < 0
                || mostSeen < 1) {
            throw new IllegalArgumentException("rate " + rate + ", weight decay " + weightDecay + ", batch " + batch
                    + ", epochs " + epochs + ", noise " + noise + ", patience " + patience + ", most seen " + mostSeen
                    + "; give a rate above 0, batch, epochs and most seen of 1 or more, the others 0 or more");
        }
    }

    Training(double rate, double weightDecay, int batch, int epochs, double noise, int patience) {
        this(rate, weightDecay, batch, epochs, noise, patience, MOST_SEEN);
    }

    /** As this one, but seeing no more than so many examples. */
    Training seeing(int most) {
        return new Training(rate, weightDecay, batch, epochs, noise, patience, most);
    }

    /** Epochs on so many examples. */
    int epochsOn(int examples) {
        return Math.max(1, Math.min(epochs, mostSeen / examples));
    }
}
