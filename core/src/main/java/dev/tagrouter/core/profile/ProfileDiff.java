package dev.tagrouter.core.profile;

import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.tagging.Vocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a reviewer of a new profile wants to know: how it differs from the old one. Tags and models are matched by name.
 *
 * @param settings named values that differ, such as {@code theta} or {@code set llmrouter penalty}
 * @param models columns that only one has, or whose price or overall figures differ
 * @param tags tags that only one vocabulary has, or whose aliases differ
 * @param evidence rows that differ between columns that both have, the greatest change of score first
 */
public record ProfileDiff(
        List<Setting> settings, List<Model> models, List<VocabularyTag> tags, List<Evidence> evidence) {
    /** A named value; null where one profile has none. */
    public record Setting(
            String name, @Nullable String before, @Nullable String after) {}

    /** What happened to something that a profile lists. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    /**
     * A model's column in one set.
     *
     * @param before its price and overall figures in the old profile, or null where it has no column
     * @param after those in the new one, or null
     */
    public record Model(
            Kind kind,
            String set,
            String model,
            Capability.@Nullable Summary before,
            Capability.@Nullable Summary after) {}

    /** A tag; CHANGED are its aliases. */
    public record VocabularyTag(Kind kind, String tag) {}

    /** One tag's evidence on one model of one set. */
    public record Evidence(String set, String tag, String model, Capability.Row before, Capability.Row after) {
        /** By how much the score rose, negative where it fell. */
        public double gain() {
            return after.score() - before.score();
        }
    }

    public ProfileDiff {
        settings = List.copyOf(settings);
        models = List.copyOf(models);
        tags = List.copyOf(tags);
        evidence = List.copyOf(evidence);
    }

    /** Compares two profiles. */
    public static ProfileDiff between(Profile before, Profile after) {
        List<Model> models = new ArrayList<>();
        List<Evidence> evidence = new ArrayList<>();
        for (String name : setNames(before, after)) {
            EvidenceSet old = find(before, name);
            EvidenceSet now = find(after, name);
            for (String model : modelNames(old, now)) {
                Capability was = old == null ? null : old.find(model);
                Capability is = now == null ? null : now.find(model);
                addModel(models, name, model, was, is);
                if (was != null && is != null) {
                    addEvidence(evidence, name, new Pair(before, was), new Pair(after, is));
                }
            }
        }
        evidence.sort(Comparator.comparingDouble((Evidence e) -> -Math.abs(e.gain()))
                .thenComparingDouble(
                        e -> -Math.abs(e.after().mass() - e.before().mass()))
                .thenComparing(Evidence::tag));
        return new ProfileDiff(settings(before, after), models, tags(before, after), evidence);
    }

    public boolean isEmpty() {
        return settings.isEmpty() && models.isEmpty() && tags.isEmpty() && evidence.isEmpty();
    }

    private record Pair(Profile profile, Capability column) {
        Capability.Row row(String tag) {
            OptionalInt index = profile.table().vocabulary().termOf(tag);
            return index.isPresent() ? column.row(index.getAsInt()) : Capability.Row.NONE;
        }
    }

    private static void addEvidence(List<Evidence> evidence, String set, Pair before, Pair after) {
        for (String tag : termNames(before.profile(), after.profile())) {
            Capability.Row old = before.row(tag);
            Capability.Row now = after.row(tag);
            if (!old.equals(now)) {
                evidence.add(new Evidence(set, tag, after.column().model(), old, now));
            }
        }
    }

    private static void addModel(
            List<Model> models, String set, String model, @Nullable Capability was, @Nullable Capability is) {
        Capability.Summary old = was == null ? null : was.summary();
        Capability.Summary now = is == null ? null : is.summary();
        if (!Objects.equals(old, now)) {
            models.add(new Model(kind(old, now), set, model, old, now));
        }
    }

    private static Kind kind(@Nullable Object before, @Nullable Object after) {
        return before == null ? Kind.ADDED : after == null ? Kind.REMOVED : Kind.CHANGED;
    }

    private static List<VocabularyTag> tags(Profile before, Profile after) {
        Map<String, List<String>> old = aliases(before);
        Map<String, List<String>> now = aliases(after);
        Set<String> names = new LinkedHashSet<>(old.keySet());
        names.addAll(now.keySet());
        return names.stream()
                .filter(tag -> !Objects.equals(old.get(tag), now.get(tag)))
                .map(tag -> new VocabularyTag(kind(old.get(tag), now.get(tag)), tag))
                .sorted(Comparator.comparing(VocabularyTag::tag))
                .toList();
    }

    private static Map<String, List<String>> aliases(Profile profile) {
        Map<String, List<String>> aliases = new LinkedHashMap<>();
        for (Vocabulary.Entry entry : profile.table().vocabulary().entries()) {
            aliases.put(entry.name(), entry.aliases());
        }
        return aliases;
    }

    /** The names of the tags, topics and axes of both. */
    private static Set<String> termNames(Profile before, Profile after) {
        Set<String> names = new LinkedHashSet<>();
        for (Profile profile : List.of(before, after)) {
            Vocabulary vocabulary = profile.table().vocabulary();
            for (int term = 0; term < vocabulary.termCount(); term++) {
                names.add(vocabulary.termName(term));
            }
        }
        return names;
    }

    private static List<Setting> settings(Profile before, Profile after) {
        Map<String, String> old = ManifestFormat.settings(before.manifest(), before.table());
        Map<String, String> now = ManifestFormat.settings(after.manifest(), after.table());
        for (String set : setNames(before, after)) {
            putCurve(old, before, set);
            putCurve(now, after, set);
        }
        Set<String> names = new LinkedHashSet<>(old.keySet());
        names.addAll(now.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(old.get(name), now.get(name)))
                .map(name -> new Setting(name, old.get(name), now.get(name)))
                .toList();
    }

    /** The curve in three points: what a dollar must buy on either side of the default theta and at it. */
    private static void putCurve(Map<String, String> settings, Profile profile, String set) {
        if (find(profile, set) != null) {
            for (double theta : new double[] {-0.5, 0, 0.5}) {
                settings.put(
                        "set " + set + " quality per USD at theta " + theta,
                        Double.toString(profile.curve(set).qualityPerUsd(theta)));
            }
            boolean measured =
                    !Double.isNaN(profile.curve(set).points().getFirst().quality());
            settings.put("set " + set + " theta measured", measured ? "yes" : "no");
        }
    }

    private static Set<String> setNames(Profile before, Profile after) {
        Set<String> names = new LinkedHashSet<>();
        before.table().sets().forEach(set -> names.add(set.name()));
        after.table().sets().forEach(set -> names.add(set.name()));
        return names;
    }

    private static Set<String> modelNames(@Nullable EvidenceSet before, @Nullable EvidenceSet after) {
        Set<String> names = new LinkedHashSet<>();
        if (before != null) {
            before.capabilities().forEach(column -> names.add(column.model()));
        }
        if (after != null) {
            after.capabilities().forEach(column -> names.add(column.model()));
        }
        return names;
    }

    private static @Nullable EvidenceSet find(Profile profile, String name) {
        for (EvidenceSet set : profile.table().sets()) {
            if (set.name().equals(name)) {
                return set;
            }
        }
        return null;
    }
}
