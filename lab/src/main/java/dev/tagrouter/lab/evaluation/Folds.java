package dev.tagrouter.lab.evaluation;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The one fixed partition of texts that every method is evaluated on: a text's fold is a hash of its normalised form,
 * and near-duplicates share a fold, so that no method is tested on what it has learned.
 *
 * <p>Normalised is: lower case, letters and digits only, words separated by one space. A fold depends on the texts the
 * partition is made of only where they are near-duplicates of each other.
 */
final class Folds {
    private final int count;
    private final Map<String, Integer> foldByText;
    private final TextGroups groups;

    private Folds(int count, Map<String, Integer> foldByText, TextGroups groups) {
        this.count = count;
        this.foldByText = foldByText;
        this.groups = groups;
    }

    /** Partitions texts into {@code count} folds, 3 or more: for training, for validation, for the test. */
    static Folds of(Collection<String> texts, int count) {
        if (count < 3) {
            throw new IllegalArgumentException(
                    "folds is " + count + "; give 3 or more: one to test, one to validate, the others to train");
        }
        TextGroups groups = TextGroups.of(texts);
        Map<String, Integer> folds = new HashMap<>();
        for (String text : texts) {
            folds.computeIfAbsent(text, each -> fold(groups.group(each), count));
        }
        return new Folds(count, folds, groups);
    }

    private static int fold(String normalised, int count) {
        CRC32C hash = new CRC32C();
        hash.update(normalised.getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % count);
    }

    static String normalised(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.toLowerCase(Locale.ROOT).codePoints().forEach(c -> {
            boolean apart = Character.isIdeographic(c);
            if (Character.isLetterOrDigit(c)) {
                if (apart && !out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
                    out.append(' ');
                }
                out.appendCodePoint(c);
            }
            if ((apart || !Character.isLetterOrDigit(c)) && !out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
                out.append(' ');
            }
        });
        return out.toString().strip();
    }

    int count() {
        return count;
    }

    /** The fold of a text that the partition was made of, from 0 to {@link #count()} - 1. */
    int of(String text) {
        Integer fold = foldByText.get(text);
        if (fold == null) {
            throw new IllegalArgumentException("a text outside the partition was asked for");
        }
        return fold;
    }

    /** Which texts say the same, or nearly. */
    TextGroups groups() {
        return groups;
    }
}
