package dev.tagrouter.core.tagging;

import java.util.ArrayList;
import java.util.List;

/**
 * The tags of one query: all with a confidence worth scoring (the soft tags), of which the first {@link #statedCount()}
 * are sure enough to be stated to a person.
 *
 * <p>Behind them stand the vocabulary's topics and where the query lies along the axes of its {@linkplain Wording wording} and
 * {@linkplain Layout layout}: what else is scored.
 *
 * <p>Sorted by confidence (highest first), then by name. Confidences are multiples of 1/{@value #UNITS}, so that
 * sums over them are exact in any order.
 */
public final class Tags {
    /** Confidences are counted in units of 1/4096. */
    public static final int UNITS = 4096;

    private final Vocabulary vocabulary;
    private final int[] indexes;
    private final short[] units;
    private final int size;
    private final int statedCount;

    /**
     * Takes the arrays over, not copied, and fills in the topics.
     *
     * @param indexes vocabulary indexes, each at most once, {@linkplain #sort sorted}; behind them {@linkplain #room room} for
     *     the vocabulary's topics and axes
     * @param units the confidence of each in units of 1/{@value #UNITS}, from 0 to {@value #UNITS}; behind them room for the
     *     topics, then where the query lies along each axis, in the same units
     * @param size how many tags there are
     * @param statedCount how many of the first tags are stated
     */
    Tags(Vocabulary vocabulary, int[] indexes, short[] units, int size, int statedCount) {
        this.vocabulary = vocabulary;
        this.indexes = indexes;
        this.units = units;
        this.size = size;
        this.statedCount = statedCount;
        vocabulary.topics().append(indexes, units, size);
        int axes = axisCount();
        for (int d = 1; d <= axes; d++) {
            indexes[indexes.length - d] = vocabulary.termCount() - d;
        }
    }

    /** How long the arrays of so many tags are: with room for the topics and axes, where there is a tag at all. */
    static int room(Vocabulary vocabulary, int size) {
        return size == 0 ? 0 : size + vocabulary.termCount() - vocabulary.size();
    }

    /** No tags at all. */
    public static Tags none(Vocabulary vocabulary) {
        return new Tags(vocabulary, new int[0], new short[0], 0, 0);
    }

    /** The same tags with other places. */
    private Tags(Tags other, short[] units) {
        this.vocabulary = other.vocabulary;
        this.indexes = other.indexes;
        this.units = units;
        this.size = other.size;
        this.statedCount = other.statedCount;
    }

    /** Given tags, all of them stated; names outside the vocabulary or named twice are refused. */
    public static Tags of(Vocabulary vocabulary, List<Tag> tags) {
        int size = tags.size();
        int[] indexes = new int[room(vocabulary, size)];
        short[] units = new short[indexes.length];
        for (int i = 0; i < size; i++) {
            String name = tags.get(i).name();
            int index = vocabulary
                    .indexOf(name)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "tag '" + name + "' is not in the vocabulary; use one that the profile lists"));
            for (int j = 0; j < i; j++) {
                if (indexes[j] == index) {
                    throw new IllegalArgumentException("tag '" + name + "' is given twice; give it once");
                }
            }
            indexes[i] = index;
            units[i] = (short) Math.round(tags.get(i).confidence() * UNITS);
        }
        sort(indexes, units, size);
        return new Tags(vocabulary, indexes, units, size, size);
    }

    /**
     * Sorts the first tags by confidence, highest first, then by name (index order is name order): insertion sort of a few dozen
     * nearly random entries, without allocation.
     */
    static void sort(int[] indexes, short[] units, int size) {
        for (int i = 1; i < size; i++) {
            int index = indexes[i];
            short unit = units[i];
            int j = i - 1;
            while (j >= 0 && (units[j] < unit || (units[j] == unit && indexes[j] > index))) {
                indexes[j + 1] = indexes[j];
                units[j + 1] = units[j];
                j--;
            }
            indexes[j + 1] = index;
            units[j + 1] = unit;
        }
    }

    /**
     * The same tags, of a query that is {@linkplain Layout laid out} as this one. Its words stay at the centre, where nobody read
     * them.
     */
    public Tags laidOutAs(Query query) {
        if (axisCount() == 0) {
            return this;
        }
        short[] placed = units.clone();
        Layout.place(query, placed, placed.length - Layout.AXES);
        return new Tags(this, placed);
    }

    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** How many tags there are, soft ones included. */
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /**
     * How many terms a score of the query has: its tags, then every topic of the vocabulary, whose confidences add up to
     * 1, then every axis of {@linkplain Wording its wording} and {@linkplain Layout layout}. Without tags, none.
     */
    public int termCount() {
        return indexes.length;
    }

    /** How many of the last terms are axes. */
    public int axisCount() {
        return size == 0 ? 0 : vocabulary.axes();
    }

    /** How many of the first tags are stated. */
    public int statedCount() {
        return statedCount;
    }

    /** The vocabulary's number of the tag, topic or axis at {@code position}, below {@link #termCount()}. */
    public int index(int position) {
        return indexes[position];
    }

    /** The confidence of the tag or topic at {@code position}, or the place along the axis, in units of 1/{@value #UNITS}. */
    public int units(int position) {
        return units[position];
    }

    /** The confidence of the tag or topic at {@code position}, in [0, 1]; of an axis the place along it, in [-8, 8). */
    public double confidence(int position) {
        return units[position] / (double) UNITS;
    }

    /** The name of the tag at {@code position}. */
    public String name(int position) {
        return vocabulary.name(indexes[position]);
    }

    /** Where the tags stand among topics of the same vocabulary: a direction, zero where they have no place. */
    public float[] place(Topics topics) {
        return topics.place(indexes, units, size);
    }

    /** The stated tags, surest first. */
    public List<Tag> stated() {
        return list(statedCount);
    }

    /** All tags, the soft ones included, surest first. */
    public List<Tag> all() {
        return list(size);
    }

    private List<Tag> list(int count) {
        List<Tag> tags = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            tags.add(new Tag(name(i), confidence(i)));
        }
        return tags;
    }

    @Override
    public String toString() {
        return stated().toString();
    }
}
