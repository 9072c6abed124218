package dev.tagrouter.lab.evaluation;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Texts by what they say: two are the same where their {@linkplain Folds#normalised normalised} forms are, and nearly
 * the same where those are {@linkplain NearDuplicates near-duplicates}.
 */
final class TextGroups {
    private final Map<String, String> normalised;
    private final Map<String, String> representatives;

    private TextGroups(Map<String, String> normalised, Map<String, String> representatives) {
        this.normalised = normalised;
        this.representatives = representatives;
    }

    static TextGroups of(Collection<String> texts) {
        Map<String, String> normalised = new HashMap<>();
        for (String text : texts) {
            normalised.computeIfAbsent(text, Folds::normalised);
        }
        return new TextGroups(normalised, NearDuplicates.representatives(normalised.values()));
    }

    /** The normalised form of one of the texts. */
    String normalised(String text) {
        String form = normalised.get(text);
        if (form == null) {
            throw new IllegalArgumentException("a text outside the groups was asked for");
        }
        return form;
    }

    /** The normalised form of the text that stands for all that say nearly the same as this one. */
    String group(String text) {
        String form = normalised(text);
        return representatives.getOrDefault(form, form);
    }
}
