package dev.tagrouter.core.tagging;

import java.util.Arrays;

/**
 * What a query's words say beside its tags: where it lies along the axes that the words of many queries differ most along
 * (latent semantic analysis: Deerwester et al., 1990). Each axis is scored like a tag, but its value may be negative.
 *
 * <p>A query is at {@code (sum over known words w of x[w] * row[w]) / |x| - centre}, with
 * {@code x[w] = (1 + ln tf) * (idf - 1)}: a word that every query shows says nothing. A query without known words, and one
 * whose tags came from elsewhere, is at the centre: zero along every axis. Immutable; plain arithmetic, the same bits on any
 * machine.
 */
public final class Wording {
    /** Every axis is named so, with its number from 1 on or what of the {@linkplain Layout layout} it is, and no tag is in a vocabulary that has axes. */
    public static final String PREFIX = "wording: ";

    /** The most axes. */
    public static final int MOST = 256;

    private final int axes;
    private final float[] scale;
    private final byte[] rows;
    private final float[] centre;

    /**
     * Takes the arrays over, not copied.
     *
     * @param scale what one unit of a word's row is worth, word after word; the words are a tagger's first features
     * @param rows where each word lies, row after row, a byte for each axis
     * @param centre where queries lie on average, by axis
     */
    public Wording(float[] scale, byte[] rows, float[] centre) {
        this.axes = centre.length;
        TaggerWeights.require(axes <= MOST, "it has " + axes + " axes of wording, at most " + MOST + " are possible");
        TaggerWeights.require((axes == 0) == (scale.length == 0), "it has words without axes, or axes without words");
        TaggerWeights.require(rows.length == (long) scale.length * axes, "its words have no full rows");
        TaggerWeights.requireFinite(scale);
        TaggerWeights.requireFinite(centre);
        this.scale = scale;
        this.rows = rows;
        this.centre = centre;
    }

    /** No axes: tags are all that is scored. */
    public static Wording none() {
        return new Wording(new float[0], new byte[0], new float[0]);
    }

    /** How many axes there are. */
    public int axes() {
        return axes;
    }

    /** How many words are known: the first features of the tagger. */
    public int words() {
        return scale.length;
    }

    float[] scale() {
        return scale;
    }

    byte[] rows() {
        return rows;
    }

    float[] centre() {
        return centre;
    }

    /** How much a word's value counts here: without its share that every query's words have. */
    public static float share(float idf) {
        return 1 - 1 / idf;
    }

    /**
     * Where a query lies, in units of 1/{@value Tags#UNITS}.
     *
     * @param features the query's, by the tagger's table
     * @param sums scratch space of {@link #axes()} numbers
     * @param units where to put them, from {@code at} on
     */
    void place(FeatureTable.Workspace features, float[] sums, short[] units, int at) {
        Arrays.fill(sums, 0);
        float squares = 0;
        int size = features.size();
        for (int i = 0; i < size; i++) {
            int feature = features.feature(i);
            if (feature < scale.length) {
                float x = features.value(i) * share(features.idf(feature));
                squares += x * x;
                addTo(sums, x * scale[feature], rows, feature * axes);
            }
        }
        if (squares == 0) {
            return;
        }
        float length = (float) Math.sqrt(squares);
        for (int d = 0; d < axes; d++) {
            int unit = Math.round(Tags.UNITS * (sums[d] / length - centre[d]));
            units[at + d] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, unit));
        }
    }

    private static void addTo(float[] sums, float unit, byte[] rows, int from) {
        for (int d = 0; d < sums.length; d++) {
            sums[d] += unit * rows[from + d];
        }
    }
}
