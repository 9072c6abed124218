package dev.tagrouter.core.profile;

import dev.tagrouter.core.tagging.Topics;
import dev.tagrouter.core.tagging.Vocabulary;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The file {@code topics.bin}: where each topic and each tag of the vocabulary stands, little-endian:
 *
 * <pre>
 * int    magic "TRTP", topics K, coordinates D, tags T
 * short  length of the first topic's name in bytes, and its bytes in UTF-8; then the second's, and so on
 * short  place[K][D] of the topics, place[T][D] of the tags in the vocabulary's order, a thousand to the unit
 * </pre>
 *
 * <p>Without topics all counts are 0. Binary, since nobody reads 16,000 coordinates, and a program that starts reads them first.
 */
final class TopicsFormat {
    private static final int MAGIC = 0x50545254;
    private static final int HEADER_BYTES = 16;
    private static final int UNITS = 1000;
    private static final int MOST_DIMENSIONS = 1024;
    private static final int MOST_NAME_BYTES = 65_535;
    /** So many numbers at once: code that is called often is compiled long before code that loops for long. */
    private static final int STRETCH = 64;

    private TopicsFormat() {}

    static byte[] encode(Vocabulary vocabulary) {
        Topics topics = vocabulary.topics();
        int tags = topics.size() == 0 ? 0 : vocabulary.size();
        List<byte[]> names = new ArrayList<>();
        int size = HEADER_BYTES;
        for (int j = 0; j < topics.size(); j++) {
            byte[] name = topics.name(j).getBytes(StandardCharsets.UTF_8);
            if (name.length > MOST_NAME_BYTES) {
                throw new IllegalArgumentException(
                        "a topic's name has " + name.length + " bytes; at most " + MOST_NAME_BYTES + " can be written");
            }
            names.add(name);
            size += 2 + name.length;
        }
        ByteBuffer out = ByteBuffer.allocate(size + 2 * topics.dimensions() * (topics.size() + tags))
                .order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(MAGIC).putInt(topics.size()).putInt(topics.dimensions()).putInt(tags);
        for (byte[] name : names) {
            out.putShort((short) name.length).put(name);
        }
        for (int j = 0; j < topics.size(); j++) {
            put(out, topics.placeOfTopic(j));
        }
        for (int t = 0; t < tags; t++) {
            put(out, topics.placeOfTag(t));
        }
        return out.array();
    }

    private static void put(ByteBuffer out, float[] place) {
        for (float x : place) {
            out.putShort((short) Math.round(x * UNITS));
        }
    }

    /**
     * Reads a file, which needs no vocabulary: so it can be done while that is read.
     *
     * @param file what to call it in an error
     * @throws ProfileException when it is no such file, is cut off or holds impossible numbers
     */
    static Read read(String file, byte[] content) throws ProfileException {
        ByteBuffer in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        if (content.length < HEADER_BYTES || in.getInt() != MAGIC) {
            throw damaged(file, "it is no file of topics");
        }
        int topics = in.getInt();
        int dimensions = in.getInt();
        int tags = in.getInt();
        boolean possible = topics >= 0
                && topics <= Topics.MOST
                && dimensions >= 0
                && dimensions <= MOST_DIMENSIONS
                && tags >= 0
                && tags <= Vocabulary.MAX_TAGS
                && (topics == 0) == (dimensions == 0)
                && (topics > 0 || tags == 0);
        if (!possible) {
            throw damaged(file, "its header is impossible");
        }
        List<String> names = new ArrayList<>();
        for (int j = 0; j < topics; j++) {
            int length = in.remaining() < 2 ? -1 : Short.toUnsignedInt(in.getShort());
            if (length < 0 || length > in.remaining()) {
                throw damaged(file, "it is cut off");
            }
            byte[] name = new byte[length];
            in.get(name);
            String text = new String(name, StandardCharsets.UTF_8);
            if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), name)) {
                throw damaged(file, "a name is not UTF-8 text");
            }
            names.add(text);
        }
        if (in.remaining() != 2L * dimensions * (topics + tags)) {
            throw damaged(file, "its length does not fit its header");
        }
        if (topics == 0) {
            return new Read(file, Topics.none());
        }
        float[] placesOfTopics = places(in, topics * dimensions);
        float[] placesOfTags = places(in, tags * dimensions);
        try {
            return new Read(file, Topics.of(names, dimensions, placesOfTopics, placesOfTags));
        } catch (IllegalArgumentException e) {
            throw new ProfileException(file + " is damaged: " + e.getMessage() + "; restore it", e);
        }
    }

    private static ProfileException damaged(String file, String why) {
        return new ProfileException(file + " is damaged: " + why + "; restore it");
    }

    private static float[] places(ByteBuffer in, int count) {
        short[] units = new short[count];
        in.asShortBuffer().get(units);
        in.position(in.position() + 2 * count);
        float[] places = new float[count];
        for (int from = 0; from < count; from += STRETCH) {
            scale(units, places, from, Math.min(count, from + STRETCH));
        }
        return places;
    }

    private static void scale(short[] units, float[] places, int from, int to) {
        for (int i = from; i < to; i++) {
            places[i] = units[i] / (float) UNITS;
        }
    }

    /**
     * What a file says, not yet held against a vocabulary.
     *
     * @param file what to call it in an error
     * @param topics none, or with as many places of tags as the file has
     */
    record Read(String file, Topics topics) {
        /** The vocabulary with these topics. */
        Vocabulary onto(Vocabulary vocabulary) throws ProfileException {
            if (topics.size() == 0) {
                return vocabulary;
            }
            try {
                return vocabulary.with(topics);
            } catch (IllegalArgumentException e) {
                throw new ProfileException(file + ": " + e.getMessage() + "; restore it", e);
            }
        }
    }
}
