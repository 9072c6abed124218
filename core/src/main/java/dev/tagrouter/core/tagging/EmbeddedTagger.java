package dev.tagrouter.core.tagging;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The default tagger: two sparse linear readings, of hashed words and their parts and of the tags these make likely, and a third
 * where there are several turns, distilled from a teacher's tags, in plain Java; beside the tags it says where the query's
 * {@linkplain Wording wording} lies and how it is {@linkplain Layout laid out}.
 *
 * <p>Per query it reads at most {@value Query#TAGGED_TURNS} turns of bounded length, {@linkplain SeveralTurns several} twice,
 * and the head of a system prompt where these say nothing by themselves. It adds up some thousands of byte weights in a fixed
 * order of float additions, lets the likely tags speak for and against each other, and turns the sums into calibrated probabilities by plain arithmetic: the same
 * query gets the same tags, bit for bit, on any machine. Nothing but the result is allocated, and three short arrays for its
 * topics.
 */
public final class EmbeddedTagger implements Tagger {
    /** The most tags a query gets, soft ones included. */
    public static final int MAX_TAGS = 64;

    /** Where no tag of the turns is this sure, they say nothing by themselves, and the system prompt is heard. */
    private static final double VAGUE = 0.35;

    private final Vocabulary vocabulary;
    private final TaggerWeights weights;
    private final Pool pool;
    private final float vagueCut;
    private final boolean knowsConversations;

    // Copies of the weights' references: a record's accessors are calls, and these are read in the innermost loops.
    private final float[] offset;
    private final SparseWeights ofFeatures;
    private final TagWeights ofTags;

    public EmbeddedTagger(Vocabulary vocabulary, TaggerWeights weights) {
        if (vocabulary.size() != weights.tagCount()) {
            throw new IllegalArgumentException("the tagger knows " + weights.tagCount() + " tags, the vocabulary "
                    + vocabulary.size() + "; both must come from one training run");
        }
        if (vocabulary.axes() != Layout.beside(weights.wording().axes())) {
            throw new IllegalArgumentException("the tagger's wording and layout have "
                    + Layout.beside(weights.wording().axes()) + " axes, the vocabulary " + vocabulary.axes()
                    + "; both must come from one training run");
        }
        this.vocabulary = vocabulary;
        this.weights = weights;
        this.pool = new Pool(weights);
        this.vagueCut = weights.first().calibration().score(VAGUE);
        this.knowsConversations = weights.knowsConversations();
        this.offset = weights.offset();
        this.ofFeatures = weights.first().weights();
        this.ofTags = weights.ofTags();
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** The weights this tagger was made from. */
    public TaggerWeights weights() {
        return weights;
    }

    @Override
    public Tags tag(Query query) {
        try {
            return read(query);
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalStateException(
                    "the query could not be tagged: the tagger's weights point beyond themselves, so train the tagger again,"
                            + " or this is a fault of TagRouter (" + e.getMessage() + ")",
                    e);
        }
    }

    private Tags read(Query query) {
        Scratch scratch = pool.take();
        boolean several = knowsConversations && query.hasSeveralTurns() && readTurns(query, scratch) > 1;
        scratch.features.vectorize(query);
        readConversation(scratch, several);
        if (!query.system().isEmpty() && isVague(scratch)) {
            if (several) {
                readTurn(query.system(), scratch);
            }
            scratch.features.vectorizeWithSystem(query);
            readConversation(scratch, several);
        }
        Tags tags = Tags.none(vocabulary);
        if (scratch.features.size() > 0) {
            readTags(scratch, several);
            tags = calibrated(query, scratch, several ? scratch.several : scratch.second);
        }
        // Not in a finally block: a scratch space that an exception left half-used is dropped.
        pool.give(scratch);
        return tags;
    }

    /** Leaves the highest score that a turn gives to each tag; returns how many turns have text. */
    private int readTurns(Query query, Scratch scratch) {
        Arrays.fill(scratch.highestOfTurns, Float.NEGATIVE_INFINITY);
        List<String> turns = query.turns();
        int written = 0;
        for (int i = 0; i < turns.size(); i++) {
            written += readTurn(turns.get(i), scratch) ? 1 : 0;
        }
        return written;
    }

    private boolean readTurn(String turn, Scratch scratch) {
        boolean written = scratch.features.vectorizeTurn(turn);
        if (written) {
            readFeatures(scratch);
            SeveralTurns.keepHigher(scratch.highestOfTurns, scratch.sums);
        }
        return written;
    }

    private void readConversation(Scratch scratch, boolean several) {
        readFeatures(scratch);
        if (several) {
            SeveralTurns.blend(scratch.sums, scratch.highestOfTurns);
        }
    }

    /** The first reading: what the text says of each tag. */
    private void readFeatures(Scratch scratch) {
        FeatureTable.Workspace features = scratch.features;
        System.arraycopy(offset, 0, scratch.sums, 0, offset.length);
        int size = features.size();
        for (int i = 0; i < size; i++) {
            ofFeatures.addTo(scratch.sums, features.feature(i), features.value(i));
        }
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

    /** The second reading: what the likely tags say of each other. */
    private void readTags(Scratch scratch, boolean several) {
        LikelyTags likely = scratch.first;
        likely.collect(scratch.sums);
        int size = likely.size();
        for (int i = 0; i < size; i++) {
            scratch.confidence[i] = likely.units(i, scratch.sums) / (float) Tags.UNITS;
        }
        for (int i = 0; i < size; i++) {
            ofTags.addTo(scratch.sums, likely.tag(i), scratch.confidence[i]);
        }
        if (several) {
            weights.several().weights().addTo(scratch.sums, 0, 1);
        }
    }

    private Tags calibrated(Query query, Scratch scratch, LikelyTags likely) {
        likely.collect(scratch.sums);
        int size = likely.size();
        int[] indexes = new int[Tags.room(vocabulary, size)];
        short[] units = new short[indexes.length];
        for (int i = 0; i < size; i++) {
            indexes[i] = likely.tag(i);
            units[i] = (short) likely.units(i, scratch.sums);
        }
        Tags.sort(indexes, units, size);
        if (size > 0 && scratch.axes.length > 0) {
            int layout = units.length - Layout.AXES;
            weights.wording().place(scratch.features, scratch.axes, units, layout - scratch.axes.length);
            Layout.place(query, units, layout);
        }
        return new Tags(vocabulary, indexes, units, size, weights.stated().count(units, size));
    }

    private static final class Scratch {
        private final FeatureTable.Workspace features;
        private final float[] sums;
        private final float[] highestOfTurns;
        private final LikelyTags first;
        private final LikelyTags second;
        private final LikelyTags several;
        private final float[] confidence = new float[MAX_TAGS];
        private final float[] axes;

        private Scratch(TaggerWeights weights) {
            this.features = new FeatureTable.Workspace(weights.table());
            this.sums = new float[weights.tagCount()];
            this.highestOfTurns = new float[weights.tagCount()];
            this.first = new LikelyTags(weights.first());
            this.second = new LikelyTags(weights.second());
            this.several = new LikelyTags(weights.several());
            this.axes = new float[weights.wording().axes()];
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
