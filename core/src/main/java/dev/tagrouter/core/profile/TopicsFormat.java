package dev.tagrouter.core.profile;

import dev.tagrouter.core.tagging.PlainName;
import dev.tagrouter.core.tagging.Topics;
import dev.tagrouter.core.tagging.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The file {@code topics.tsv}: where each topic and each tag stands, topics first, tags in the vocabulary's order. A place
 * is a direction: whole numbers, a thousand to the unit, apart by one space. A tag without a place has no line.
 */
final class TopicsFormat {
    private static final List<String> COLUMNS = List.of("term", "place");
    private static final int UNITS = 1000;
    private static final int MOST_UNITS = 1100;
    private static final int MOST_DIMENSIONS = 1024;

    private TopicsFormat() {}

    static String encode(Vocabulary vocabulary) {
        Topics topics = vocabulary.topics();
        StringBuilder out = new StringBuilder(String.join("\t", COLUMNS)).append('\n');
        for (int j = 0; j < topics.size(); j++) {
            line(out, topics.name(j), topics.placeOfTopic(j));
        }
        for (int t = 0; t < vocabulary.size() && topics.size() > 0; t++) {
            line(out, vocabulary.name(t), topics.placeOfTag(t));
        }
        return out.toString();
    }

    private static void line(StringBuilder out, String term, float[] place) {
        int start = out.length();
        out.append(term).append('\t');
        boolean somewhere = false;
        for (int d = 0; d < place.length; d++) {
            int units = Math.round(place[d] * UNITS);
            somewhere |= units != 0;
            out.append(d == 0 ? "" : " ").append(units);
        }
        out.append('\n');
        if (!somewhere) {
            out.setLength(start);
        }
    }

    /** Reads a file, which needs no vocabulary: so it can be done while that is read. */
    static Lines read(String file, String text) throws ProfileException {
        List<String> terms = new ArrayList<>();
        List<float[]> places = new ArrayList<>();
        Tsv in = new Tsv(file, text, COLUMNS);
        float[] room = new float[MOST_DIMENSIONS];
        while (in.next()) {
            terms.add(in.text(0));
            places.add(in.checked(() -> numbers(in.text(1), room)));
        }
        return new Lines(file, terms, places);
    }

    /**
     * What a file says, not yet held against a vocabulary.
     *
     * @param file what to call it in an error
     * @param terms the term of each line, from the file's second
     * @param places where each stands
     */
    record Lines(String file, List<String> terms, List<float[]> places) {
        /** The vocabulary with these topics. */
        Vocabulary onto(Vocabulary vocabulary) throws ProfileException {
            List<String> names = new ArrayList<>();
            List<float[]> topics = new ArrayList<>();
            float[][] tags = new float[vocabulary.size()][];
            boolean tagsHavePlaces = false;
            for (int i = 0; i < terms.size(); i++) {
                String term = terms.get(i);
                if (term.startsWith(Topics.PREFIX)) {
                    names.add(term);
                    topics.add(places.get(i));
                    continue;
                }
                int tag = vocabulary.indexOf(term).orElse(-1);
                if (tag < 0 || !vocabulary.name(tag).equals(term) || tags[tag] != null) {
                    throw new ProfileException(file + ", line " + (i + 2) + ": '" + PlainName.shown(term)
                            + "' is no topic, no tag of the vocabulary, or stands twice; correct it");
                }
                tags[tag] = places.get(i);
                tagsHavePlaces = true;
            }
            if (topics.isEmpty()) {
                if (tagsHavePlaces) {
                    throw new ProfileException(file + " has places of tags but no topic; restore it");
                }
                return vocabulary;
            }
            float[] nowhere = new float[topics.getFirst().length];
            for (int t = 0; t < tags.length; t++) {
                tags[t] = tags[t] == null ? nowhere : tags[t];
            }
            try {
                return vocabulary.with(Topics.of(names, topics.toArray(float[][]::new), tags));
            } catch (IllegalArgumentException e) {
                throw new ProfileException(file + ": " + e.getMessage() + "; correct it", e);
            }
        }
    }

    /**
     * Reads once, when a program starts, 20,000 numbers in the interpreter: what is as it should be calls nothing.
     *
     * @param room for the numbers of a line
     */
    private static float[] numbers(String text, float[] room) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int count = 0;
        int at = 0;
        do {
            int from = at;
            boolean negative = at < bytes.length && bytes[at] == '-';
            at += negative ? 1 : 0;
            int digits = at;
            int units = 0;
            while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9' && units <= MOST_UNITS) {
                units = 10 * units + (bytes[at++] - '0');
            }
            if (at == digits || units > MOST_UNITS || (at < bytes.length && bytes[at] != ' ')) {
                throw noCoordinate(text.substring(from));
            }
            if (count == room.length) {
                throw new IllegalArgumentException("a place has more than " + room.length + " numbers");
            }
            room[count++] = (negative ? -units : units) / (float) UNITS;
        } while (at++ < bytes.length);
        return Arrays.copyOf(room, count);
    }

    private static IllegalArgumentException noCoordinate(String rest) {
        int space = rest.indexOf(' ');
        return new IllegalArgumentException("'" + PlainName.shown(space < 0 ? rest : rest.substring(0, space))
                + "' in a place is no whole number of " + -MOST_UNITS + " to " + MOST_UNITS + ", as a direction of "
                + UNITS + " has");
    }
}
