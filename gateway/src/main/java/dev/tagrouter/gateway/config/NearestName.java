package dev.tagrouter.gateway.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The known names that a misspelt one may have meant. */
public final class NearestName {
    private NearestName() {}

    /** Up to {@code limit} known names, nearest first. */
    public static List<String> of(String name, Collection<String> known, int limit) {
        String lower = name.toLowerCase(Locale.ROOT);
        return known.stream()
                .sorted(Comparator.comparingInt((String other) -> distance(lower, other.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(limit)
                .toList();
    }

    /** Up to three known names that are really like the one given, nearest first. */
    public static List<String> like(String given, Collection<String> known) {
        String lower = given.toLowerCase(Locale.ROOT);
        int allowed = Math.max(2, lower.length() / 3);
        return of(given, known, known.size()).stream()
                .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= allowed
                        || name.toLowerCase(Locale.ROOT).contains(lower))
                .limit(3)
                .toList();
    }

    /** Edit distance: insertions, deletions and substitutions. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
