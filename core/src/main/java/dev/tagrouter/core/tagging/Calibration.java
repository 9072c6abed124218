package dev.tagrouter.core.tagging;

/**
 * How a tagger's raw score becomes a probability: a monotone, piecewise linear map to the logit, fitted on queries
 * that the tagger was not trained on (isotonic calibration). Immutable.
 */
public final class Calibration {
    private final float[] scores;
    private final float[] logits;

    /**
     * @param scores raw scores of the knots, strictly rising, at least two
     * @param logits the logit at each knot, never falling; beyond the ends the last slope goes on
     */
    public Calibration(float[] scores, float[] logits) {
        if (scores.length != logits.length || scores.length < 2) {
            throw new IllegalArgumentException(
                    "a calibration needs two knots or more, not " + scores.length + " and " + logits.length);
        }
        for (int i = 0; i < scores.length; i++) {
            if (!Float.isFinite(scores[i])
                    || !Float.isFinite(logits[i])
                    || (i > 0 && (scores[i] <= scores[i - 1] || logits[i] < logits[i - 1]))) {
                throw new IllegalArgumentException("the calibration's knot " + i + " is not finite or out of order");
            }
        }
        this.scores = scores.clone();
        this.logits = logits.clone();
    }

    /** The probability that a tag with this raw score is right, in (0, 1). */
    public double confidence(float score) {
        int high = 1;
        while (high < scores.length - 1 && scores[high] < score) {
            high++;
        }
        double share = ((double) score - scores[high - 1]) / ((double) scores[high] - scores[high - 1]);
        double logit = logits[high - 1] + share * ((double) logits[high] - logits[high - 1]);
        return 1 / (1 + Exponential.of(-logit));
    }

    /** The smallest raw score whose confidence reaches the given one; infinite if none does. */
    float score(double confidence) {
        float span = scores[scores.length - 1] - scores[0] + 1;
        float low = scores[0] - 100 * span;
        float high = scores[scores.length - 1] + 100 * span;
        if (confidence(high) < confidence) {
            return Float.POSITIVE_INFINITY;
        }
        while (true) {
            float middle = low + (high - low) / 2;
            if (!(middle > low && middle < high)) {
                return high;
            }
            if (confidence(middle) < confidence) {
                low = middle;
            } else {
                high = middle;
            }
        }
    }

    int size() {
        return scores.length;
    }

    float[] scores() {
        return scores;
    }

    float[] logits() {
        return logits;
    }
}
