package dev.tagrouter.learning;

import dev.tagrouter.core.decision.TradeOffCurve;
import dev.tagrouter.core.profile.Manifest;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.EvidenceSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Removes a model from a learned profile: its column goes from every set, and no other column changes by a bit. A set that
 * nothing is left of goes too.
 */
public final class ModelRemover {
    private ModelRemover() {}

    /**
     * What is left.
     *
     * @param profile without the model
     * @param statistics without its sums, or null where there were none
     * @param sets those it was removed from
     * @param wasCandidate whether it was one, so that the theta curve was measured with it
     */
    public record Removed(Profile profile, @Nullable Statistics statistics, List<String> sets, boolean wasCandidate) {
        public Removed {
            sets = List.copyOf(sets);
        }
    }

    /**
     * Removes a model.
     *
     * @param statistics the profile's, or null where it has none
     * @param newDefault the default model from now on, or null for the present one
     * @throws IllegalArgumentException when the model is not there or something depends on it; the remedy is named
     */
    public static Removed remove(
            Profile profile, @Nullable Statistics statistics, String model, @Nullable String newDefault) {
        List<EvidenceSet> from = profile.table().sets().stream()
                .filter(set -> set.find(model) != null)
                .toList();
        if (from.isEmpty()) {
            throw new IllegalArgumentException("model '" + model + "' is not in profile "
                    + profile.manifest().name() + "; its models are "
                    + String.join(", ", profile.table().models().keySet()));
        }
        for (EvidenceSet set : from) {
            requireNoReference(set, model);
        }
        Manifest manifest = manifest(profile, model, newDefault);
        List<EvidenceSet> sets = new ArrayList<>();
        for (EvidenceSet set : profile.table().sets()) {
            List<Capability> others = set.capabilities().stream()
                    .filter(column -> !column.model().equals(model))
                    .toList();
            if (!others.isEmpty()) {
                sets.add(set.with(others));
            }
        }
        if (sets.isEmpty()) {
            throw new IllegalArgumentException(
                    "model '" + model + "' is the only one of the profile; learn another profile instead");
        }
        boolean wasCandidate = profile.manifest().candidates().contains(model);
        Map<String, TradeOffCurve> curves = Changes.curves(profile);
        if (wasCandidate) {
            String base = Changes.base(profile).name();
            curves.put(base, profile.curve(base).unmeasured());
        }
        curves.keySet().retainAll(sets.stream().map(EvidenceSet::name).toList());
        Profile fewer = Changes.profile(profile, manifest, sets, curves);
        if (Changes.compares(profile) && !Changes.compares(fewer)) {
            throw new IllegalArgumentException("model '" + model
                    + "' links the sets of the candidates, which would not compare without it; name fewer candidates first"
                    + " (tagrouter profile edit --candidates)");
        }
        return new Removed(
                fewer,
                statistics == null ? null : without(statistics, model),
                from.stream().map(EvidenceSet::name).toList(),
                wasCandidate);
    }

    private static void requireNoReference(EvidenceSet set, String model) {
        if (set.reference().equals(model) && set.capabilities().size() > 1) {
            throw new IllegalArgumentException("model '" + model + "' is the reference of set '" + set.name()
                    + "': the others' wins and losses are counted against it; learn again with another --reference, or"
                    + " only stop choosing it (tagrouter profile edit --candidates)");
        }
    }

    private static Manifest manifest(Profile profile, String model, @Nullable String newDefault) {
        Manifest manifest = profile.manifest();
        List<String> candidates = new ArrayList<>(manifest.candidates());
        candidates.remove(model);
        String remedy = "; name the default model from now on with --default-model";
        if (newDefault == null && manifest.defaultModel().equals(model)) {
            throw new IllegalArgumentException("model '" + model
                    + "' is the default model, which answers where evidence does not decide" + remedy);
        }
        if (newDefault == null && candidates.isEmpty()) {
            throw new IllegalArgumentException("model '" + model + "' is the last candidate" + remedy);
        }
        String defaultModel = newDefault == null ? manifest.defaultModel() : newDefault;
        if (defaultModel.equals(model) || !profile.table().models().containsKey(defaultModel)) {
            throw new IllegalArgumentException("model '" + defaultModel
                    + "' cannot be the default model: it is not in the profile, or is the one that goes; name one of "
                    + String.join(
                            ", ",
                            profile.table().models().keySet().stream()
                                    .filter(other -> !other.equals(model))
                                    .toList()));
        }
        if (candidates.isEmpty()) {
            candidates.add(defaultModel);
        }
        return manifest.withModels(defaultModel, candidates);
    }

    private static Statistics without(Statistics statistics, String model) {
        return statistics.with(statistics.sets().stream()
                .map(set -> set.models().contains(model) ? set.without(model) : set)
                .filter(set -> !set.models().isEmpty())
                .toList());
    }
}
