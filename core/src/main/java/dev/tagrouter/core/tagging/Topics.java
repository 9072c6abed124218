package dev.tagrouter.core.tagging;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What tags have in common: every tag has a place on the unit sphere, near the tags that it occurs with, and topics are
 * points there. A query's tags place the query, and how near it is to each topic is scored beside the tags themselves:
 * what a model does on rare tags follows from what it does on the topic they belong to.
 *
 * <p>A query is at the direction of {@code sum over tags t of sqrt(confidence(t)) * place(t)}; its membership of topic j is
 * {@code softmax over j of 8 * cosine(query, topic j)}. Immutable; plain arithmetic, the same bits on any machine.
 */
public final class Topics {
    /** Every topic's name begins so, and no tag's does in a vocabulary that has topics. */
    public static final String PREFIX = "topic: ";

    /** The most topics: a scratch space of that size is made once a query. */
    public static final int MOST = 256;

    private static final double SHARPNESS = 8;
    private static final double OFF_UNIT = 0.01;

    private final List<String> names;
    private final int dimensions;
    private final float[] topics;
    private final float[] tags;
    /** The topics' places once more, first coordinates first: cosines to all topics add up side by side. */
    private final float[] byDimension;

    private Topics(List<String> names, int dimensions, float[] topics, float[] tags) {
        this.names = names;
        this.dimensions = dimensions;
        this.topics = topics;
        this.tags = tags;
        this.byDimension = new float[topics.length];
        for (int i = 0; i < topics.length; i++) {
            byDimension[i % dimensions * names.size() + i / dimensions] = topics[i];
        }
    }

    /** No topics: tags are all that is scored. */
    public static Topics none() {
        return new Topics(List.of(), 0, new float[0], new float[0]);
    }

    /**
     * Topics and the places of tags.
     *
     * @param names of the topics, each once, beginning with {@value #PREFIX}
     * @param topics the place of each topic, of unit length
     * @param tags the place of each tag, in the vocabulary's order; of unit length, or zero for a tag without one
     * @throws IllegalArgumentException when names, lengths or numbers of coordinates do not fit; says which
     */
    public static Topics of(List<String> names, float[][] topics, float[][] tags) {
        if (topics.length == 0) {
            throw wrongCount(names.size(), 0);
        }
        int dimensions = topics[0].length;
        return of(names, dimensions, flat(topics, dimensions), flat(tags, dimensions));
    }

    /**
     * The same, the coordinates of one place after the other.
     *
     * @param topics taken over, not copied
     * @param tags taken over, not copied
     */
    public static Topics of(List<String> names, int dimensions, float[] topics, float[] tags) {
        if (names.isEmpty() || names.size() > MOST || names.size() * dimensions != topics.length) {
            throw wrongCount(names.size(), dimensions == 0 ? 0 : topics.length / dimensions);
        }
        Set<String> known = new HashSet<>();
        for (String name : names) {
            if (!name.startsWith(PREFIX) || !PlainName.is(name) || !known.add(name)) {
                throw new IllegalArgumentException("topic '" + PlainName.shown(name) + "' does not begin with '"
                        + PREFIX + "', stands twice, or holds a control character; name each topic once");
            }
        }
        requireLengths(topics, dimensions, false);
        requireLengths(tags, dimensions, true);
        return new Topics(List.copyOf(names), dimensions, topics, tags);
    }

    private static float[] flat(float[][] places, int dimensions) {
        float[] flat = new float[places.length * dimensions];
        for (int i = 0; i < places.length; i++) {
            if (places[i].length != dimensions) {
                throw new IllegalArgumentException("place " + i + " has " + places[i].length
                        + " coordinates, the first " + dimensions + "; give each as many");
            }
            System.arraycopy(places[i], 0, flat, i * dimensions, dimensions);
        }
        return flat;
    }

    private static void requireLengths(float[] places, int dimensions, boolean mayBeNowhere) {
        for (int i = 0; i * dimensions < places.length; i++) {
            double square = square(places, i * dimensions, dimensions);
            boolean nowhere = square == 0 && mayBeNowhere;
            if (!nowhere && !(square >= 1 - OFF_UNIT && square <= 1 + OFF_UNIT)) {
                throw new IllegalArgumentException(
                        "place " + i + " has length " + Math.sqrt(square) + "; give places of length 1");
            }
        }
    }

    private static double square(float[] places, int from, int dimensions) {
        double square = 0;
        for (int i = from; i < from + dimensions; i++) {
            square += (double) places[i] * places[i];
        }
        return square;
    }

    private static IllegalArgumentException wrongCount(int names, int topics) {
        return new IllegalArgumentException(
                "there are " + names + " names for " + topics + " topics; give 1 to " + MOST + " of both");
    }

    /** How many topics there are. */
    public int size() {
        return names.size();
    }

    /** How many tags have a place; 0 without topics. */
    int tagCount() {
        return dimensions == 0 ? 0 : tags.length / dimensions;
    }

    public String name(int topic) {
        return names.get(topic);
    }

    /** The number of the topic of that name, or -1. */
    int indexOf(String name) {
        return names.indexOf(name);
    }

    /** How many coordinates a place has. */
    public int dimensions() {
        return dimensions;
    }

    /** The place of a tag: a copy. */
    public float[] placeOfTag(int tag) {
        return Arrays.copyOfRange(tags, tag * dimensions, (tag + 1) * dimensions);
    }

    /** The place of a topic: a copy. */
    public float[] placeOfTopic(int topic) {
        return Arrays.copyOfRange(topics, topic * dimensions, (topic + 1) * dimensions);
    }

    /**
     * Where tags place a query: the direction of unit length, or zero where they have none.
     *
     * @param count how many of the first entries to read
     */
    float[] place(int[] indexes, short[] units, int count) {
        float[] place = new float[dimensions];
        for (int k = 0; k < count; k++) {
            float weight = (float) Math.sqrt(units[k] / (double) Tags.UNITS);
            addTo(place, weight, tags, indexes[k] * dimensions);
        }
        double square = 0;
        for (float x : place) {
            square += (double) x * x;
        }
        if (square > 0) {
            float scale = (float) (1 / Math.sqrt(square));
            for (int d = 0; d < dimensions; d++) {
                place[d] *= scale;
            }
        }
        return place;
    }

    private static void addTo(float[] sums, float factor, float[] values, int from) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += factor * values[from + i];
        }
    }

    /** Adds what a query's tags make of each topic behind the tags; without topics or tags, nothing. */
    void append(int[] indexes, short[] units, int count) {
        if (count == 0 || names.isEmpty()) {
            return;
        }
        float[] place = place(indexes, units, count);
        float[] cosine = new float[names.size()];
        for (int d = 0; d < dimensions; d++) {
            addTo(cosine, place[d], byDimension, d * cosine.length);
        }
        double[] nearness = new double[cosine.length];
        double sum = 0;
        for (int j = 0; j < nearness.length; j++) {
            nearness[j] = Exponential.of(SHARPNESS * cosine[j]);
            sum += nearness[j];
        }
        for (int j = 0; j < nearness.length; j++) {
            indexes[count + j] = tagCount() + j;
            units[count + j] = (short) Math.round(Tags.UNITS * nearness[j] / sum);
        }
    }
}
