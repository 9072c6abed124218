package dev.tagrouter.core.tagging;

/**
 * What is read of a conversation of several turns beside all of them together: each turn by itself, so that what one of them shows clearly
 * is not dimmed by what the others are about; and that there are several (docs/adr/0012-conversations.md).
 *
 * <p>The first reading's raw score of tag t is {@code 0.7 * score(t, all turns) + 0.3 * max over turns of score(t, turn)}. To
 * what the second reading makes of it, one row of weights is added, and the sums have a calibration of their own: the third reading. A query of one turn is tagged as if there were no
 * conversations, and a tagger that has learned from too few of them reads several turns as one text.
 */
public final class SeveralTurns {
    private static final float SHARE_OF_ONE = 0.3f;

    private SeveralTurns() {}

    /** Keeps the higher of two raw scores of each tag, in the first. */
    public static void keepHigher(float[] highest, float[] scores) {
        for (int t = 0; t < highest.length; t++) {
            highest[t] = Math.max(highest[t], scores[t]);
        }
    }

    /** Turns the raw scores of all turns together into those of the conversation. */
    public static void blend(float[] together, float[] highest) {
        for (int t = 0; t < together.length; t++) {
            together[t] = (1 - SHARE_OF_ONE) * together[t] + SHARE_OF_ONE * highest[t];
        }
    }
}
