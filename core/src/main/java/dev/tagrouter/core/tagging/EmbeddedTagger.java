package dev.tagrouter.core.tagging;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The default tagger: a sparse linear model over hashed words and their parts, distilled from a teacher's tags, in plain Java.
 *
 * <p>Per query it reads at most {@value Query#TAGGED_TURNS} turns of bounded length, and the head of a system
 * prompt where these say nothing by themselves, adds up some ten thousand byte
 * weights in a fixed order of float additions, and turns the sums into calibrated probabilities with StrictMath: the
 * same query gets the same tags, bit for bit, on any machine. Nothing but the result is allocated.
 */
public final class EmbeddedTagger implements Tagger {
    /** The most tags a query gets, soft ones included. */
    public static final int MAX_TAGS = 64;

    /** Where no tag of the turns is this sure, they say nothing by themselves, and the system prompt is heard. */
    private static final double VAGUE = 0.35;

    private final Vocabulary vocabulary;
    private final TaggerWeights weights;
    private final Pool pool;

    // Copies of the weights' references: a record's accessors are calls, and these are read in the innermost loops.
    private final Calibration calibration;
    private final float softCut;
    private final float vagueCut;
    private final float[] offset;
    private final float[] scale;
    private final int[] start;
    private final short[] tag;
    private final byte[] weight;

    public EmbeddedTagger(Vocabulary vocabulary, TaggerWeights weights) {
        if (vocabulary.size() != weights.tagCount()) {
            throw new IllegalArgumentException("the tagger knows " + weights.tagCount() + " tags, the vocabulary "
                    + vocabulary.size() + "; both must come from one training run");
        }
        this.vocabulary = vocabulary;
        this.weights = weights;
        this.pool = new Pool(weights);
        this.calibration = weights.calibration();
        this.softCut = calibration.score(weights.softUnits() / (double) Tags.UNITS);
        this.vagueCut = calibration.score(VAGUE);
        this.offset = weights.offset();
        this.scale = weights.scale();
        this.start = weights.start();
        this.tag = weights.tag();
        this.weight = weights.weight();
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** The weights this tagger was made from. */
    public TaggerWeights weights() {
        return weights;
    }

    /** The raw score of every tag of {@code weights} for a query, before calibration: what training calibrates on. */
    public static float[] rawScores(TaggerWeights weights, Query query) {
        FeatureTable.Workspace features = new FeatureTable.Workspace(weights.table());
        features.vectorize(query);
        float[] sums = weights.offset().clone();
        sum(features, weights.scale(), weights.start(), weights.tag(), weights.weight(), sums);
        return sums;
    }

    @Override
    public Tags tag(Query query) {
        Scratch scratch = pool.take();
        scratch.features.vectorize(query);
        sum(scratch);
        if (!query.system().isEmpty() && isVague(scratch)) {
            scratch.features.vectorizeWithSystem(query);
            sum(scratch);
        }
        Tags tags = scratch.features.size() > 0 ? calibrated(scratch) : Tags.none(vocabulary);
        // Not in a finally block: a scratch space that an exception left half-used is dropped.
        pool.give(scratch);
        return tags;
    }

    private void sum(Scratch scratch) {
        System.arraycopy(offset, 0, scratch.sums, 0, offset.length);
        sum(scratch.features, scale, start, tag, weight, scratch.sums);
    }

    private boolean isVague(Scratch scratch) {
        boolean vague = true;
        if (scratch.features.size() > 0) {
            for (float sum : scratch.sums) {
                vague &= sum < vagueCut;
            }
        }
        return vague;
    }

    private static void sum(
            FeatureTable.Workspace features, float[] scale, int[] start, short[] tag, byte[] weight, float[] sums) {
        int size = features.size();
        for (int i = 0; i < size; i++) {
            int feature = features.feature(i);
            float value = features.value(i) * scale[feature];
            int end = start[feature + 1];
            for (int w = start[feature]; w < end; w++) {
                sums[tag[w] & 0xFFFF] += value * weight[w];
            }
        }
    }

    /** The tags over the soft cut-off; where a vague query has more than fit, the cut-off is raised. */
    private Tags calibrated(Scratch scratch) {
        float[] sums = scratch.sums;
        int cutUnits = weights.softUnits();
        int count = collect(scratch, softCut);
        while (count > MAX_TAGS && cutUnits < Tags.UNITS) {
            cutUnits = Math.min(2 * cutUnits, Tags.UNITS);
            count = collect(scratch, calibration.score(cutUnits / (double) Tags.UNITS));
        }
        count = Math.min(count, MAX_TAGS);
        int[] indexes = Arrays.copyOf(scratch.found, count);
        short[] units = new short[count];
        for (int i = 0; i < count; i++) {
            double confidence = calibration.confidence(sums[indexes[i]]);
            units[i] = (short) Math.round(Tags.UNITS * confidence);
        }
        return new Tags(vocabulary, indexes, units, weights.statedUnits());
    }

    /** Notes the first tags whose raw score reaches the cut; returns how many do, at most one more than fit. */
    private static int collect(Scratch scratch, float cut) {
        float[] sums = scratch.sums;
        int count = 0;
        for (int t = 0; t < sums.length && count <= MAX_TAGS; t++) {
            if (sums[t] >= cut) {
                if (count < MAX_TAGS) {
                    scratch.found[count] = t;
                }
                count++;
            }
        }
        return count;
    }

    private static final class Scratch {
        private final FeatureTable.Workspace features;
        private final float[] sums;
        private final int[] found = new int[MAX_TAGS];

        private Scratch(TaggerWeights weights) {
            this.features = new FeatureTable.Workspace(weights.table());
            this.sums = new float[weights.tagCount()];
        }
    }

    /** A few scratch spaces shared by all threads without locks; one too many in use is simply made anew. */
    private static final class Pool {
        private static final int SLOTS = 16;
        private final AtomicReferenceArray<Scratch> slots = new AtomicReferenceArray<>(SLOTS);
        private final TaggerWeights weights;

        private Pool(TaggerWeights weights) {
            this.weights = weights;
        }

        private Scratch take() {
            Scratch scratch = slots.getAndSet(slot(), null);
            return scratch == null ? new Scratch(weights) : scratch;
        }

        private void give(Scratch scratch) {
            slots.lazySet(slot(), scratch);
        }

        private static int slot() {
            return (int) (Thread.currentThread().threadId() % SLOTS);
        }
    }
}
