package dev.tagrouter.learning;

import dev.tagrouter.core.decision.TradeOffCurve;
import dev.tagrouter.core.profile.Manifest;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.CapabilityTable;
import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.scoring.PaperScorer;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.tagging.EmbeddedTagger;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Learns a profile from sets of judged queries, in three passes over each set: the first adds up statistics in five
 * folds, the second scores every query by the other folds to choose the penalty and how scores are bent, the third to
 * calibrate theta. Nothing of the queries is kept.
 */
public final class Learner {
    /**
     * What to learn beside the evidence.
     *
     * @param name of the profile
     * @param licence of the profile, in a few words
     * @param created the time that the profile will carry
     * @param taggerId identifies the tagger
     */
    public record Settings(String name, String licence, Instant created, String taggerId) {}

    private final EmbeddedTagger tagger;
    private final Progress progress;

    public Learner(EmbeddedTagger tagger, Progress progress) {
        this.tagger = tagger;
        this.progress = progress;
    }

    /**
     * Learns from sets; the models of the first are the profile's candidates.
     *
     * @throws IllegalArgumentException when a set is empty, or no model of the first has a price
     * @throws IOException when a set cannot be read
     */
    public Profile learn(List<JudgedSet> sets, Settings settings) throws IOException {
        return learnWithStatistics(sets, settings).profile();
    }

    /**
     * A profile and the sums behind it.
     *
     * @param profile what routing needs
     * @param statistics what adding models to it later needs
     */
    public record Learned(Profile profile, Statistics statistics) {}

    /** Learns as {@link #learn(List, Settings)} does, and keeps the sums. */
    public Learned learnWithStatistics(List<JudgedSet> sets, Settings settings) throws IOException {
        List<FoldedStatistics> statistics = new ArrayList<>();
        List<EvidenceSet> evidence = new ArrayList<>();
        Map<String, TradeOffCurve> curves = new LinkedHashMap<>();
        List<Manifest.Source> sources = new ArrayList<>();
        for (JudgedSet set : sets) {
            JudgedSet.Description description = set.description();
            SetLearner.LearnedSet learned = new SetLearner(tagger, progress).learn(set);
            statistics.add(learned.statistics());
            evidence.add(learned.evidence());
            curves.put(description.name(), learned.curve());
            sources.add(new Manifest.Source(description.name(), description.origin()));
        }
        List<String> candidates = priced(evidence.getFirst());
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException(
                    "no model of set '" + evidence.getFirst().name()
                            + "' has a price, so none can be a candidate; give prices for "
                            + String.join(", ", sets.getFirst().description().models()));
        }
        Manifest manifest = new Manifest(
                settings.name(),
                settings.created(),
                settings.licence(),
                Manifest.ScorerKind.JOINT,
                PaperScorer.PUBLISHED_TIE,
                0,
                bestOnAverage(evidence.getFirst()),
                candidates,
                settings.taggerId(),
                sources);
        CapabilityTable table = new CapabilityTable(tagger.vocabulary(), evidence);
        return new Learned(
                Profile.of(manifest, table, curves, tagger),
                new Statistics(tagger.vocabulary(), settings.taggerId(), statistics));
    }

    private static List<String> priced(EvidenceSet set) {
        return set.capabilities().stream()
                .filter(c -> c.summary().price() != null)
                .map(Capability::model)
                .toList();
    }

    private static String bestOnAverage(EvidenceSet set) {
        return set.capabilities().stream()
                .filter(c -> c.summary().price() != null)
                .max(Comparator.<Capability>comparingDouble(c -> c.summary().meanQuality())
                        .thenComparingDouble(c -> -priceSum(c.summary())))
                .orElseThrow()
                .model();
    }

    private static double priceSum(Capability.Summary summary) {
        Price price = summary.price();
        return price == null ? 0 : price.sum();
    }
}
