package dev.tagrouter.core.tagging;

/**
 * The tags of one query whose raw scores promise a least confidence, at most {@value EmbeddedTagger#MAX_TAGS}: where a
 * vague query has more, the least confidence is doubled until they fit, or the first ones are taken. Scratch space of one thread, reused.
 */
public final class LikelyTags {
    private final Calibration calibration;
    /** The raw scores of the least confidence, twice it, and so on. */
    private final float[] cuts;

    /** The likely tags; behind them, what was looked at. */
    private int[] found = {};

    private int size;

    public LikelyTags(Reading reading) {
        this.calibration = reading.calibration();
        int doublings = 32 - Integer.numberOfLeadingZeros((Tags.UNITS - 1) / reading.leastUnits());
        this.cuts = new float[Math.max(1, doublings)];
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = calibration.score(((long) reading.leastUnits() << i) / (double) Tags.UNITS);
        }
    }

    /** Replaces what is held by the likely tags among these raw scores, tag after tag. */
    public void collect(float[] scores) {
        int count = count(scores, cuts[0]);
        for (int i = 1; i < cuts.length && count > EmbeddedTagger.MAX_TAGS; i++) {
            count = count(scores, cuts[i]);
        }
        size = Math.min(count, EmbeddedTagger.MAX_TAGS);
    }

    /** Notes the tags whose raw score reaches the cut; returns how many do. */
    private int count(float[] scores, float least) {
        if (found.length < scores.length) {
            found = new int[scores.length];
        }
        int[] noted = found;
        int count = 0;
        for (int t = 0; t < scores.length; t++) {
            noted[count] = t;
            count += scores[t] >= least ? 1 : 0;
        }
        return count;
    }

    /** How many tags are held. */
    public int size() {
        return size;
    }

    /** The vocabulary index of the tag at {@code position}, ascending. */
    public int tag(int position) {
        return found[position];
    }

    /** The confidence, in units of 1/{@value Tags#UNITS}, of the tag at {@code position} among the same scores. */
    public int units(int position, float[] scores) {
        return (int) Math.round(Tags.UNITS * calibration.confidence(scores[found[position]]));
    }
}
