package dev.tagrouter.core.tagging;

import java.util.ArrayList;
import java.util.List;

/**
 * The tags of one query: all with a confidence worth scoring (the soft tags), of which the first {@link #statedCount()}
 * are sure enough to be stated to a person.
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
    private final int statedCount;

    /**
     * Takes the arrays over, not copied.
     *
     * @param indexes vocabulary indexes, each at most once, {@linkplain #sort sorted}
     * @param units the confidence of each in units of 1/{@value #UNITS}, from 0 to {@value #UNITS}
     * @param statedCount how many of the first tags are stated
     */
    Tags(Vocabulary vocabulary, int[] indexes, short[] units, int statedCount) {
        this.vocabulary = vocabulary;
        this.indexes = indexes;
        this.units = units;
        this.statedCount = statedCount;
    }

    /** No tags at all. */
    public static Tags none(Vocabulary vocabulary) {
        return new Tags(vocabulary, new int[0], new short[0], 0);
    }

    /** Given tags, all of them stated; names outside the vocabulary or named twice are refused. */
    public static Tags of(Vocabulary vocabulary, List<Tag> tags) {
        int[] indexes = new int[tags.size()];
        short[] units = new short[tags.size()];
        for (int i = 0; i < indexes.length; i++) {
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
        sort(indexes, units);
        return new Tags(vocabulary, indexes, units, indexes.length);
    }

    /**
     * Sorts tags by confidence, highest first, then by name (index order is name order): insertion sort of a few dozen
     * nearly random entries, without allocation.
     */
    static void sort(int[] indexes, short[] units) {
        for (int i = 1; i < indexes.length; i++) {
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

    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** How many tags there are, soft ones included. */
    public int size() {
        return indexes.length;
    }

    public boolean isEmpty() {
        return indexes.length == 0;
    }

    /** How many of the first tags are stated. */
    public int statedCount() {
        return statedCount;
    }

    /** The vocabulary index of the tag at {@code position}. */
    public int index(int position) {
        return indexes[position];
    }

    /** The confidence of the tag at {@code position} in units of 1/{@value #UNITS}. */
    public int units(int position) {
        return units[position];
    }

    /** The confidence of the tag at {@code position}, in [0, 1]. */
    public double confidence(int position) {
        return units[position] / (double) UNITS;
    }

    /** The name of the tag at {@code position}. */
    public String name(int position) {
        return vocabulary.name(indexes[position]);
    }

    /** The stated tags, surest first. */
    public List<Tag> stated() {
        return list(statedCount);
    }

    /** All tags, the soft ones included, surest first. */
    public List<Tag> all() {
        return list(indexes.length);
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
