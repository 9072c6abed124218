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
 */
record Training(double rate, double weightDecay, int batch, int epochs, double noise, int patience) {
    /**
     * No fit sees more examples than this, epochs counted (docs/adr/0013): 100 epochs of the 644 training queries of an
     * AlpacaEval pool are well below it, and on sets of ten thousand it leaves 20.
     */
    static final int MOST_SEEN = 200_000;

    Training {
        if (!(rate > 0) || !(weightDecay >= 0) || !(noise >= 0) || batch < 1 || epochs < 1 || patience < 0) {
            throw new IllegalArgumentException("rate " + rate + ", weight decay " + weightDecay + ", batch " + batch
                    + ", epochs " + epochs + ", noise " + noise + ", patience " + patience
                    + "; give a rate above 0, batch and epochs of 1 or more, the others 0 or more");
        }
    }

    /** Epochs on so many examples. */
    int epochsOn(int examples) {
        return Math.max(1, Math.min(epochs, MOST_SEEN / examples));
    }
}
