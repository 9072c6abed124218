package dev.tagrouter.core.profile;

import dev.tagrouter.core.decision.TradeOffCurve;
import dev.tagrouter.core.scoring.CandidatePool;
import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.CapabilityTable;
import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.scoring.Price;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A profile being changed by hand: each step checks its value against the profile and throws IllegalArgumentException,
 * naming value and remedy, where it cannot be meant. The profile that it starts from stays as it is.
 */
public final class ProfileEdit {
    private final Profile original;
    private Manifest manifest;
    private List<EvidenceSet> sets;
    /** The sets whose curve was measured at other prices or with other candidates. */
    private final Set<String> unmeasured = new HashSet<>();

    public ProfileEdit(Profile profile) {
        this.original = profile;
        this.manifest = profile.manifest();
        this.sets = profile.table().sets();
    }

    /**
     * What a tag adds to a model's expected quality.
     *
     * @param set the set, or null where only one judged the model
     * @param score the quality gained at confidence 1, in [-1, 1]
     */
    public ProfileEdit score(String tag, String model, @Nullable String set, double score) {
        if (!(score >= -1 && score <= 1)) {
            throw new IllegalArgumentException("the score of tag '" + tag + "' for " + model + " is " + score
                    + "; give the quality that the tag adds, from -1 to 1");
        }
        int index = original.table()
                .vocabulary()
                .indexOf(tag)
                .orElseThrow(() -> new IllegalArgumentException("tag '" + tag
                        + "' is not in the vocabulary; use one that vocabulary.tsv or tagrouter tag shows"));
        String home = home(model, set);
        change(home, model, column -> {
            Capability.Row row = column.row(index);
            return column.with(
                    index, new Capability.Row(row.win(), row.tie(), row.loss(), row.mass(), score, row.tokens()));
        });
        return this;
    }

    private String home(String model, @Nullable String set) {
        List<String> homes = sets.stream()
                .filter(other -> other.find(model) != null)
                .map(EvidenceSet::name)
                .toList();
        requireModel(model);
        if (set != null && !homes.contains(set)) {
            throw new IllegalArgumentException(
                    "model '" + model + "' is not in set '" + set + "'; it is in " + String.join(", ", homes));
        }
        if (set == null && homes.size() > 1) {
            throw new IllegalArgumentException(
                    "model '" + model + "' is in several sets (" + String.join(", ", homes) + "); name one with --set");
        }
        return set == null ? homes.getFirst() : set;
    }

    private void requireModel(String model) {
        if (sets.stream().allMatch(set -> set.find(model) == null)) {
            throw new IllegalArgumentException("model '" + model + "' is not in profile "
                    + manifest.name() + "; its models are "
                    + String.join(", ", original.table().models().keySet()));
        }
    }

    /** What a model costs, in every set; what theta was measured to win and cost there is struck out. */
    public ProfileEdit price(String model, Price price) {
        requireModel(model);
        for (EvidenceSet set : sets) {
            Capability column = set.find(model);
            if (column != null && !price.equals(column.summary().price())) {
                change(set.name(), model, old -> old.with(price));
                unmeasured.add(set.name());
            }
        }
        return this;
    }

    private interface Change {
        Capability apply(Capability column);
    }

    private void change(String set, String model, Change change) {
        List<EvidenceSet> changed = new ArrayList<>();
        for (EvidenceSet other : sets) {
            changed.add(
                    other.name().equals(set)
                            ? other.with(other.capabilities().stream()
                                    .map(column -> column.model().equals(model) ? change.apply(column) : column)
                                    .toList())
                            : other);
        }
        sets = changed;
    }

    /** Who answers where evidence does not decide. */
    public ProfileEdit defaultModel(String model) {
        requireModel(model);
        manifest = manifest.withModels(model, manifest.candidates());
        return this;
    }

    /** The models chosen between when a request names none; theta's figures are struck out likewise. */
    public ProfileEdit candidates(List<String> models) {
        models.forEach(this::requireModel);
        if (!new HashSet<>(models).equals(new HashSet<>(manifest.candidates()))) {
            unmeasured.add(CandidatePool.over(original.table(), original.candidates())
                    .base()
                    .name());
        }
        manifest = manifest.withModels(manifest.defaultModel(), models);
        return this;
    }

    /** The theta of requests that name none. */
    public ProfileEdit theta(double theta) {
        original.requireTheta(theta);
        manifest = manifest.withTheta(theta);
        return this;
    }

    public ProfileEdit name(String name) {
        manifest = manifest.withName(name);
        return this;
    }

    /** What the profile may be used for, in a few words. */
    public ProfileEdit licence(String licence) {
        manifest = manifest.withLicence(licence);
        return this;
    }

    /** The profile as changed, with the id of its new content. */
    public Profile apply() {
        Map<String, TradeOffCurve> curves = new LinkedHashMap<>();
        for (EvidenceSet set : sets) {
            TradeOffCurve curve = original.curve(set.name());
            curves.put(set.name(), unmeasured.contains(set.name()) ? curve.unmeasured() : curve);
        }
        return Profile.of(
                manifest, new CapabilityTable(original.table().vocabulary(), sets), curves, original.tagger());
    }
}
