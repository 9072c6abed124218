package dev.tagrouter.core.tagging;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Free tags brought onto a vocabulary: each is a canonical name or an alias of one, or it is unknown.
 *
 * <p>A spelling is looked up as it is, then in lower case with single spaces. Nothing is guessed: a tag that is close to
 * a known one is unknown all the same.
 *
 * @param tags those that are known, each once, with confidence 1, since whoever wrote them was sure
 * @param unknown the others as they were written, each once, in their order
 */
public record AlignedTags(Tags tags, List<String> unknown) {
    private static final Pattern GAPS = Pattern.compile("[\\s_]+");

    public AlignedTags {
        unknown = List.copyOf(unknown);
    }

    /** Aligns free tags, in any order and number. */
    public static AlignedTags of(Vocabulary vocabulary, List<String> free) {
        Set<Integer> known = new LinkedHashSet<>();
        Set<String> unknown = new LinkedHashSet<>();
        for (String written : free) {
            OptionalInt index = vocabulary.indexOf(written);
            if (index.isEmpty()) {
                index = vocabulary.indexOf(plain(written));
            }
            if (index.isPresent()) {
                known.add(index.getAsInt());
            } else {
                unknown.add(written);
            }
        }
        List<Tag> tags = new ArrayList<>(known.size());
        known.forEach(index -> tags.add(new Tag(vocabulary.name(index), 1)));
        return new AlignedTags(Tags.of(vocabulary, tags), List.copyOf(unknown));
    }

    private static String plain(String written) {
        String compatible = Normalizer.normalize(written, Normalizer.Form.NFKC);
        return GAPS.matcher(compatible).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }
}
