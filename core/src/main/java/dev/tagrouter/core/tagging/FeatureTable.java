package dev.tagrouter.core.tagging;

import java.util.Arrays;

/**
 * The features a tagger knows, and how a query becomes a vector over them: (1 + ln tf) * idf, scaled to length 1.
 *
 * <p>Features are looked up by their 32-bit hash in an open-addressing table. A hash that is not in it adds to the
 * length of the vector only, a quarter of the rarest known feature's square: the less of a text is known, the
 * weaker are its known parts, so that gibberish is not tagged by its two common letters. Immutable; a
 * {@link Workspace} holds what changes.
 */
public final class FeatureTable {
    private static final float SHARE_OF_UNKNOWN = 0.25f;

    /** A word that one query in so many shows is common: its beginning and end would say the same again. */
    private static final int SHOWN_BY_ONE_IN = 500;

    /** But only if it is so many times as frequent as the rarest feature: in a small training set no word is well known. */
    private static final int TIMES_THE_RAREST = 3;

    private final float[] idf;
    /** That of the rarest feature, or 0 without any. */
    private final float highestIdf;
    /** A word is common up to this inverse document frequency. */
    private final float commonIdf;
    /** What each unknown feature adds to the squared length of a vector. */
    private final float unknownSquare;

    private final int mask;
    /** The hash in the upper half and the feature + 1 in the lower, so that a look-up touches one cache line; 0 is empty. */
    private final long[] slots;

    /** A bit for each hash, by its lower bits: where it is not set the hash is unknown, as most word pairs are. */
    private final long[] mayBeKnown;

    /**
     * Takes the second array over, not copied: nobody else may change it.
     *
     * @param hashes the feature hashes, each once; a feature's index is its position
     * @param idf inverse document frequency of each feature, positive
     */
    public FeatureTable(int[] hashes, float[] idf) {
        this(new long[slots(hashes.length)], new long[slots(hashes.length) / 8], idf, highest(idf));
        if (hashes.length != idf.length) {
            throw new IllegalArgumentException(hashes.length + " hashes but " + idf.length + " idf values");
        }
        for (int feature = 0; feature < hashes.length; feature++) {
            int hash = hashes[feature];
            int slot = hash & mask;
            while (slots[slot] != 0) {
                if ((int) (slots[slot] >>> 32) == hash) {
                    throw new IllegalArgumentException("feature hash " + hash + " stands twice in the table");
                }
                slot = (slot + 1) & mask;
            }
            slots[slot] = ((long) hash << 32) | (feature + 1);
            mayBeKnown[(hash >>> 6) & (mayBeKnown.length - 1)] |= 1L << hash;
        }
    }

    private FeatureTable(long[] slots, long[] mayBeKnown, float[] idf, float highestIdf) {
        this.idf = idf;
        this.highestIdf = highestIdf;
        this.commonIdf = commonIdf(highestIdf);
        this.unknownSquare = SHARE_OF_UNKNOWN * highestIdf * highestIdf;
        this.mask = slots.length - 1;
        this.slots = slots;
        this.mayBeKnown = mayBeKnown;
    }

    /** One that a file's sum vouches for. */
    static FeatureTable asStored(long[] slots, long[] mayBeKnown, float[] idf, float highestIdf) {
        TaggerWeights.require(hasEmpty(slots), "its table of features is full");
        return new FeatureTable(slots, mayBeKnown, idf, highestIdf);
    }

    /** Whether a slot is empty, as the search for a hash that is not there needs: one of the first is. */
    private static boolean hasEmpty(long[] slots) {
        for (long slot : slots) {
            if (slot == 0) {
                return true;
            }
        }
        return false;
    }

    private static float highest(float[] idf) {
        float highest = 0;
        for (float one : idf) {
            highest = Math.max(highest, one);
        }
        return highest;
    }

    /** How many slots the table of so many features has: a power of two, twice as many or more. */
    static int slots(int features) {
        return Integer.highestOneBit(Math.max(features, 8)) * 4;
    }

    /** The inverse document frequency of a feature that so many of all queries show: {@code 1 + ln(all / showing)}. */
    public static float idf(int showing, int all) {
        return (float) (1 + StrictMath.log(all / (double) showing));
    }

    /**
     * Up to which inverse document frequency a word is common, so that it is not cut into parts.
     *
     * @param rarest the inverse document frequency of the rarest feature
     */
    public static float commonIdf(float rarest) {
        return (float) Math.min(idf(1, SHOWN_BY_ONE_IN), rarest - StrictMath.log(TIMES_THE_RAREST));
    }

    public int size() {
        return idf.length;
    }

    long[] slots() {
        return slots;
    }

    long[] mayBeKnown() {
        return mayBeKnown;
    }

    /** The inverse document frequency of the rarest feature. */
    float highestIdf() {
        return highestIdf;
    }

    float[] idf() {
        return idf;
    }

    /** The inverse document frequency of a feature. */
    public float idf(int feature) {
        return idf[feature];
    }

    /** The feature with this hash, or -1. */
    int find(int hash) {
        return mayBeKnown(hash) == 0 ? -1 : (int) entry(hash) - 1;
    }

    /** 0 where the hash is unknown, else 1. */
    private int mayBeKnown(int hash) {
        return (int) (mayBeKnown[(hash >>> 6) & (mayBeKnown.length - 1)] >>> hash & 1);
    }

    /** What the slots hold of the hash; 0 where it is unknown. */
    private long entry(int hash) {
        int slot = hash & mask;
        long entry = slots[slot];
        while (entry != 0 && (int) (entry >>> 32) != hash) {
            slot = (slot + 1) & mask;
            entry = slots[slot];
        }
        return entry;
    }

    /** Parts those that may be known from those that are not, each in their order; returns how many may be. */
    private int sift(int[] hashes, int count, int[] possible, int[] unknown) {
        int some = 0;
        for (int i = 0; i < count; i++) {
            int hash = hashes[i];
            possible[some] = hash;
            unknown[i - some] = hash;
            some += mayBeKnown(hash);
        }
        return some;
    }

    /** Puts features in their hashes' place, in their order; those unknown after all go to the others. Returns how many are known. */
    private int findAll(int[] hashes, int count, int[] unknown) {
        int known = 0;
        for (int i = 0; i < count; i++) {
            int hash = hashes[i];
            long entry = entry(hash);
            unknown[i - known] = hash;
            hashes[known] = (int) entry - 1;
            known += entry == 0 ? 0 : 1;
        }
        return known;
    }

    /** Scratch space of one thread, reused from query to query: the last vector made is in it. */
    public static final class Workspace implements TextFeatures.Sink {
        private static final float[] LOG_TF = new float[256];

        static {
            for (int tf = 1; tf < LOG_TF.length; tf++) {
                LOG_TF[tf] = (float) (1 + StrictMath.log(tf));
            }
        }

        private final FeatureTable table;
        private final TextFeatures text = new TextFeatures();
        private final float[] counts;
        private int[] features = new int[1024];
        private float[] values = new float[1024];
        private int[] found = new int[1024];
        private int[] notFound = new int[1024];
        private int size;
        /** The distinct unknown features, each by the square of the weight of the turn that showed it first. */
        private float unknown;

        private final long[] unknownNoted = new long[64];

        public Workspace(FeatureTable table) {
            this.table = table;
            this.counts = new float[table.size()];
        }

        /** Makes the vector of a query's turns; features stand in the order in which the text first shows them. */
        public void vectorize(Query query) {
            clear();
            text.extract(query, this);
            scaleToLengthOne();
        }

        /** The same with the system prompt as one more turn. */
        void vectorizeWithSystem(Query query) {
            clear();
            text.extractWithSystem(query, this);
            scaleToLengthOne();
        }

        /** Makes the vector of one turn by itself; returns whether it has text. */
        boolean vectorizeTurn(String turn) {
            clear();
            boolean written = text.extractTurn(turn, this);
            scaleToLengthOne();
            return written;
        }

        private void clear() {
            size = 0;
            unknown = 0;
            Arrays.fill(unknownNoted, 0);
        }

        private void scaleToLengthOne() {
            if (values.length < size) {
                values = new float[features.length];
            }
            float squares = unknown * table.unknownSquare;
            for (int i = 0; i < size; i++) {
                int feature = features[i];
                float value = dampen(counts[feature]) * table.idf[feature];
                counts[feature] = 0;
                values[i] = value;
                squares += value * value;
            }
            float scale = squares > 0 ? (float) (1 / Math.sqrt(squares)) : 0;
            for (int i = 0; i < size; i++) {
                values[i] *= scale;
            }
        }

        @Override
        public void words(int[] hashes, int count, boolean[] common) {
            for (int w = 0; w < count; w++) {
                int feature = table.find(hashes[w]);
                common[w] = feature >= 0 && table.idf[feature] <= table.commonIdf;
            }
        }

        @Override
        public void features(int[] hashes, int count, float weight) {
            if (found.length < count) {
                found = new int[count];
                notFound = new int[count];
            }
            if (features.length < size + count) {
                features = Arrays.copyOf(features, 2 * (size + count));
            }
            int possible = table.sift(hashes, count, found, notFound);
            noteUnknown(count - possible, weight);
            int known = table.findAll(found, possible, notFound);
            noteUnknown(possible - known, weight);
            count(known, weight);
        }

        private void count(int known, float weight) {
            // Whether a feature is new is a coin toss: written in any case, kept where it is.
            int n = size;
            for (int i = 0; i < known; i++) {
                int feature = found[i];
                float before = counts[feature];
                features[n] = feature;
                n += before == 0 ? 1 : 0;
                counts[feature] = before + weight;
            }
            size = n;
        }

        /** Counts each hash that is not known about once: twelve of its bits are remembered. Repetition is not less knowledge. */
        private void noteUnknown(int count, float weight) {
            long[] noted = unknownNoted;
            float sum = unknown;
            for (int i = 0; i < count; i++) {
                int hash = notFound[i];
                int cell = hash >>> 26;
                long fresh = ~noted[cell] >>> (hash >>> 20) & 1;
                noted[cell] |= fresh << (hash >>> 20);
                sum += fresh * weight * weight;
            }
            unknown = sum;
        }

        private static float dampen(float count) {
            int whole = (int) count;
            if (whole == count && whole < LOG_TF.length) {
                return LOG_TF[whole];
            }
            return count <= 1 ? count : (float) (1 + StrictMath.log(count));
        }

        /** How many features the last vector has. */
        public int size() {
            return size;
        }

        /** The feature at {@code position} of the last vector. */
        public int feature(int position) {
            return features[position];
        }

        /** The value at {@code position} of the last vector. */
        public float value(int position) {
            return values[position];
        }

        /** The inverse document frequency of a feature. */
        float idf(int feature) {
            return table.idf(feature);
        }
    }
}
