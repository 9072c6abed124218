package dev.tagrouter.lab.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How many texts of one side stand on the other.
 *
 * @param first how many texts the first side has
 * @param second how many texts the second side has
 * @param exact how many of the second stand on the first word for word, letters and digits alone compared
 * @param near how many more of the second say nearly what one of the first says
 * @param matches each of them, in the order of the second side
 */
public record Overlap(int first, int second, int exact, int near, List<Match> matches) {
    public Overlap {
        matches = List.copyOf(matches);
    }

    /** A text by its id. */
    public record Text(String id, String text) {}

    /**
     * One text of the second side that stands on the first.
     *
     * @param id of the second side
     * @param like the id of the first that says the same
     * @param exact whether word for word
     */
    public record Match(String id, String like, boolean exact) {}

    /** Compares two sides. */
    public static Overlap between(List<Text> first, List<Text> second) {
        return between(
                first,
                second,
                TextGroups.of(Stream.concat(first.stream(), second.stream())
                        .map(Text::text)
                        .toList()));
    }

    /** The same where the groups of all texts are known. */
    static Overlap between(List<Text> first, List<Text> second, TextGroups groups) {
        Map<String, String> same = new HashMap<>();
        Map<String, String> like = new HashMap<>();
        for (Text text : first) {
            same.putIfAbsent(groups.normalised(text.text()), text.id());
            like.putIfAbsent(groups.group(text.text()), text.id());
        }
        List<Match> matches = new ArrayList<>();
        int exact = 0;
        for (Text text : second) {
            String twin = same.get(groups.normalised(text.text()));
            String kin = like.get(groups.group(text.text()));
            if (twin != null) {
                exact++;
                matches.add(new Match(text.id(), twin, true));
            } else if (kin != null) {
                matches.add(new Match(text.id(), kin, false));
            }
        }
        return new Overlap(first.size(), second.size(), exact, matches.size() - exact, matches);
    }

    /** How many texts of the second side are on the first, one way or the other. */
    public int count() {
        return exact + near;
    }
}
