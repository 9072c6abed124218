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
import dev.tagrouter.core.tagging.Tags;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Learns a profile from sets of judged queries, in two passes over each set: the first adds up statistics in five
 * folds, the second scores every query by the other folds to choose the penalty and to calibrate theta. Nothing of the
 * queries is kept.
 */
public final class Learner {
    private static final int FOLDS = 5;

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
        List<EvidenceSet> evidence = new ArrayList<>();
        Map<String, TradeOffCurve> curves = new LinkedHashMap<>();
        List<Manifest.Source> sources = new ArrayList<>();
        for (JudgedSet set : sets) {
            JudgedSet.Description description = set.description();
            LearnedSet learned = learn(set);
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
        return Profile.of(manifest, table, curves, tagger);
    }

    private record LearnedSet(EvidenceSet evidence, TradeOffCurve curve) {}

    private LearnedSet learn(JudgedSet set) throws IOException {
        JudgedSet.Description description = set.description();
        String name = description.name();
        List<SetStatistics> folds = new ArrayList<>();
        for (int fold = 0; fold < FOLDS; fold++) {
            folds.add(new SetStatistics(
                    tagger.vocabulary().size(),
                    description.models().size(),
                    description.models().indexOf(description.reference()),
                    description.tieMargin()));
        }
        AtomicLong read = new AtomicLong();
        AtomicLong inputTokens = new AtomicLong();
        set.read(judged -> {
            folds.get(fold(judged)).add(tagger.tag(judged.query()), judged);
            inputTokens.addAndGet(judged.query().inputTokens());
            progress.report(name + ": reading judgments", read.incrementAndGet(), 0);
        });
        if (read.get() == 0) {
            throw new IllegalArgumentException("set '" + name + "' has no judged query");
        }
        AtomicLong solved = new AtomicLong();
        HeldOut heldOut = new HeldOut(
                description,
                folds,
                () -> progress.report(
                        name + ": estimating tags jointly",
                        solved.incrementAndGet(),
                        (long) FOLDS * Penalties.count()));
        AtomicLong calibrated = new AtomicLong();
        set.read(judged -> {
            Tags tags = tagger.tag(judged.query());
            heldOut.add(tags, judged, fold(judged));
            progress.report(name + ": calibrating theta", calibrated.incrementAndGet(), read.get());
        });
        int penalty = heldOut.penalty();
        SetStatistics total = SetStatistics.sum(folds);
        JointEstimate estimate = JointEstimate.solve(total, Penalties.at(penalty));
        EvidenceSet evidence = new EvidenceSet(
                name,
                read.get(),
                rounded(inputTokens.get() / (double) read.get(), 1e2),
                description.reference(),
                description.tieMargin(),
                Penalties.at(penalty),
                // Low is what has less than half of the coverage that 99 of 100 queries of the set have.
                rounded(heldOut.usualCoverage(penalty) / 2, 1e3),
                columns(description, total, estimate));
        return new LearnedSet(evidence, heldOut.curve(penalty));
    }

    /** The fold of a query, by a hash of its text without regard to case and white space. */
    private static int fold(JudgedSet.Judged judged) {
        String text = String.join("\n", judged.query().turns());
        int hash = text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip().hashCode();
        return Math.floorMod((hash * 0x9E3779B1) >>> 8, FOLDS);
    }

    private static List<Capability> columns(JudgedSet.Description set, SetStatistics total, JointEstimate estimate) {
        return IntStream.range(0, set.models().size())
                .mapToObj(m -> column(set, total, estimate, m))
                .toList();
    }

    private static Capability column(JudgedSet.Description set, SetStatistics total, JointEstimate estimate, int m) {
        SetStatistics.Model model = total.model(m);
        String name = set.models().get(m);
        if (model.quality.count() == 0) {
            throw new IllegalArgumentException(
                    "model '" + name + "' has no judgment in set '" + set.name() + "'; leave it out");
        }
        Capability.Row[] rows = new Capability.Row[total.tags()];
        for (int t = 0; t < rows.length; t++) {
            rows[t] = new Capability.Row(
                    model.win[t],
                    model.tie[t],
                    model.loss[t],
                    rounded(total.gram(m).mass(t), 1e3),
                    rounded(estimate.effect[m][t], 1e6),
                    rounded(estimate.tokens[m][t], 1e2));
        }
        Capability.Summary summary = new Capability.Summary(
                name,
                set.prices().get(name),
                model.quality.count(),
                rounded(estimate.meanQuality(total, m), 1e6),
                rounded(estimate.baseline[m], 1e6),
                rounded(estimate.residualVariance(total, m), 1e6),
                Math.max(1, rounded(model.tokens.mean(), 1e2)),
                rounded(estimate.baselineTokens[m], 1e2));
        return new Capability(summary, rows);
    }

    /** Rounds to what the text form shows, so that what was learned is what is read back. */
    private static double rounded(double value, double unitsPerOne) {
        return Math.round(value * unitsPerOne) / unitsPerOne;
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
