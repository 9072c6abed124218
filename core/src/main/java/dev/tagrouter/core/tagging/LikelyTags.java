package dev.tagrouter.core.tagging;

/**
 * The tags of one query whose raw scores promise a least confidence, at most {@value EmbeddedTagger#MAX_TAGS}: where a
 * vague query has more, the least confidence is doubled until they fit. Scratch space of one thread, reused.
 */
public final class LikelyTags {
    private final Calibration calibration;
    private final int leastUnits;
    private final float cut;
    private final int[] found = new int[EmbeddedTagger.MAX_TAGS];
    private int size;

    public LikelyTags(Reading reading) {
        this.calibration = reading.calibration();
        this.leastUnits = reading.leastUnits();
        this.cut = calibration.score(leastUnits / (double) Tags.UNITS);
    }

    /** Replaces what is held by the likely tags among these raw scores, tag after tag. */
    public void collect(float[] scores) {
        int units = leastUnits;
        int count = count(scores, cut);
        while (count > found.length && units < Tags.UNITS) {
            units = Math.min(2 * units, Tags.UNITS);
            count = count(scores, calibration.score(units / (double) Tags.UNITS));
        }
        size = Math.min(count, found.length);
    }

    /** Notes the first tags whose raw score reaches the cut; returns how many do, at most one more than fit. */
    private int count(float[] scores, float least) {
        int count = 0;
        for (int t = 0; t < scores.length && count <= found.length; t++) {
            if (scores[t] >= least) {
                if (count < found.length) {
                    found[count] = t;
                }
                count++;
            }
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
