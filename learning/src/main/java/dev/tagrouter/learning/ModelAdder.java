package dev.tagrouter.learning;

import dev.tagrouter.core.decision.TradeOffCurve;
import dev.tagrouter.core.profile.Manifest;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.CandidatePool;
import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.scoring.JointScorer;
import dev.tagrouter.core.scoring.Price;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Adds a model to a learned profile: its judgments become one new column, and no other column changes by a bit.
 *
 * <p>Where at least half of its judgments are on queries of one of the profile's sets, or that set is named, it joins it, at
 * the set's penalty. Elsewhere it needs a model of the profile that was judged along with it, and becomes a set of its own
 * that is linked by that model ({@code docs/adr/0006}). Theta is calibrated again where the data judge every priced model of the set on at least half
 * of its queries; elsewhere the price of quality at each theta stays, and what it was measured to win and cost, which
 * was without the new model, is struck out.
 */
public final class ModelAdder {
    private static final double RARE_COVERAGE = 0.01;

    /**
     * What to add.
     *
     * @param model its name in the data and in the profile
     * @param price what it costs, or null: learned, but no candidate
     * @param set the set it joins, or null for the one whose queries at least half of its judgments are on
     * @param candidate whether it may be chosen when a request names no models
     * @param origin where its judgments come from and their licence, or null for no note
     */
    public record Request(
            String model,
            @Nullable Price price,
            @Nullable String set,
            boolean candidate,
            @Nullable String origin) {}

    /** What became of the theta curve. */
    public enum Theta {
        /** Measured again, with the new model among the candidates. */
        CALIBRATED_AGAIN,
        /** The price of quality at each theta is as it was; it was measured without the new model. */
        KEPT,
        /** The candidates are those from before, so nothing changed. */
        UNTOUCHED
    }

    /**
     * What was added.
     *
     * @param profile with the new column
     * @param statistics with the new sums
     * @param set where the column stands
     * @param linked whether that is a new set, linked by {@code alongside}
     * @param alongside models of the profile that were judged on the same queries
     * @param judged how many judgments it was learned from
     * @param leftOut judgments on queries that are not the set's: not used
     * @param sharesGram whether it was judged on exactly the queries of another model
     * @param outcomesCounted whether wins and losses could be counted, the reference being in the data
     * @param theta what became of the curve
     */
    public record Added(
            Profile profile,
            Statistics statistics,
            String set,
            boolean linked,
            List<String> alongside,
            long judged,
            long leftOut,
            boolean sharesGram,
            boolean outcomesCounted,
            Theta theta) {
        public Added {
            alongside = List.copyOf(alongside);
        }

        Added with(Profile changed, Theta changedTheta) {
            return new Added(
                    changed,
                    statistics,
                    set,
                    linked,
                    alongside,
                    judged,
                    leftOut,
                    sharesGram,
                    outcomesCounted,
                    changedTheta);
        }
    }

    private final Progress progress;

    public ModelAdder(Progress progress) {
        this.progress = progress;
    }

    /**
     * Adds a model.
     *
     * @param statistics the profile's
     * @param data judges the model, and possibly others
     * @throws IllegalArgumentException when the model is there already, or its judgments do not compare with those of the
     *     profile; the remedy is named
     * @throws IOException when the data cannot be read
     */
    public Added add(Profile profile, Statistics statistics, JudgedSet data, Request request) throws IOException {
        NewJudgments judgments = NewJudgments.of(data, request.model(), statistics);
        EvidenceSet home = home(profile, judgments, request);
        Added added = home == null
                ? link(profile, statistics, data, request, judgments)
                : extend(profile, statistics, data, request, judgments, home);
        return asCandidate(profile, added, data, request);
    }

    private Added extend(
            Profile profile,
            Statistics statistics,
            JudgedSet data,
            Request request,
            NewJudgments judgments,
            EvidenceSet home)
            throws IOException {
        boolean referenceJudged = judgments.alongside().containsKey(home.reference());
        if (!referenceJudged && profile.manifest().scorer() == Manifest.ScorerKind.PAPER) {
            throw new IllegalArgumentException("the profile's scorer counts wins against " + home.reference()
                    + ", which the data do not judge; give it a column beside " + request.model());
        }
        long own = judgments.inSet().getOrDefault(home.name(), 0L);
        return new SetExtension(progress, profile, statistics, data, request, home)
                .add(judgments.judged() - own, own, referenceJudged);
    }

    /** Makes the model a candidate where it is to be one, and sees to it that decisions still mean what they say. */
    private Added asCandidate(Profile before, Added added, JudgedSet data, Request request) throws IOException {
        Profile profile = added.profile();
        boolean priced = profile.table()
                .models()
                .getOrDefault(request.model(), Optional.empty())
                .isPresent();
        List<String> candidates = new ArrayList<>(before.manifest().candidates());
        if (!request.candidate() || !priced || candidates.contains(request.model())) {
            return added.with(profile, Theta.UNTOUCHED);
        }
        candidates.add(request.model());
        Manifest manifest = profile.manifest().withModels(before.manifest().defaultModel(), candidates);
        Profile wider = Changes.profile(profile, manifest, profile.table().sets(), Changes.curves(profile));
        if (Changes.compares(before) && !Changes.compares(wider)) {
            throw new IllegalArgumentException("model '" + request.model() + "' would not compare with the candidates "
                    + String.join(", ", before.manifest().candidates()) + ": no model links set '" + added.set()
                    + "' to theirs; judge it on their queries, or add it with --no-candidate");
        }
        EvidenceSet base = Changes.base(wider);
        boolean calibrated =
                added.theta() == Theta.CALIBRATED_AGAIN && base.name().equals(added.set());
        return calibrated
                ? added.with(wider, Theta.CALIBRATED_AGAIN)
                : added.with(
                        uncalibrated(wider, base, added, coverageBound(wider, base, added, data, request)), Theta.KEPT);
    }

    /** The curve's figures are struck out. */
    private static Profile uncalibrated(Profile profile, EvidenceSet base, Added added, double bound) {
        Map<String, TradeOffCurve> curves = Changes.curves(profile);
        curves.put(base.name(), profile.curve(base.name()).unmeasured());
        if (!added.linked()) {
            curves.put(added.set(), profile.curve(added.set()).unmeasured());
        }
        List<EvidenceSet> sets = profile.table().sets().stream()
                .map(set -> set.name().equals(base.name()) ? set.withMinimumCoverage(bound) : set)
                .toList();
        return Changes.profile(profile, profile.manifest(), sets, curves);
    }

    /**
     * Below which coverage is low: half of the coverage that only one in a hundred of the queries behind the column falls
     * below, if that is less than before: else a model whose evidence is little, and which no peers lend theirs, would send
     * nearly every query to the default model.
     */
    private static double coverageBound(Profile profile, EvidenceSet base, Added added, JudgedSet data, Request request)
            throws IOException {
        JointScorer scorer = new JointScorer(CandidatePool.over(profile.table(), profile.candidates()));
        FoldedStatistics sums = added.statistics().sets().stream()
                .filter(set -> set.name().equals(added.set()))
                .findFirst()
                .orElseThrow();
        List<Double> coverage = new ArrayList<>();
        Predicate<JudgedSet.Judged> own = SetExtension.own(data, request.model(), sums);
        data.read(judged -> {
            if (own.test(judged)) {
                coverage.add(scorer.score(profile.tagger().tag(judged.query())).coverage());
            }
        });
        coverage.sort(Comparator.naturalOrder());
        double usual = coverage.get((int) (RARE_COVERAGE * coverage.size()));
        return Math.min(base.minimumCoverage(), Columns.rounded(usual / 2, 1e3));
    }

    private static EvidenceSet find(Profile profile, String name) {
        return profile.table().sets().stream()
                .filter(set -> set.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no set '" + name + "' in the profile; its sets are " + names(profile)));
    }

    private static String names(Profile profile) {
        return String.join(
                ", ", profile.table().sets().stream().map(EvidenceSet::name).toList());
    }

    /** The set that the model joins, or null where its queries are of none. */
    private static @Nullable EvidenceSet home(Profile profile, NewJudgments judgments, Request request) {
        String wanted = request.set();
        List<String> closest = wanted == null ? joined(profile, judgments, request) : List.of(wanted);
        if (closest.isEmpty()) {
            return null;
        }
        if (closest.size() > 1) {
            throw new IllegalArgumentException(
                    "the judged queries are of sets " + String.join(" and ", closest) + " alike; name one with --set");
        }
        EvidenceSet home = find(profile, closest.getFirst());
        if (home.find(request.model()) != null) {
            throw new IllegalArgumentException(
                    "model '" + request.model() + "' is in set '" + home.name()
                            + "' of profile " + profile.manifest().name()
                            + " already; remove it first (tagrouter models remove), or give the new one another name with --rename");
        }
        if (judgments.inSet().getOrDefault(home.name(), 0L) == 0) {
            throw new IllegalArgumentException(
                    "none of the " + judgments.judged()
                            + " judged queries is one of set '" + home.name()
                            + "'; judge the model on queries of that set, or leave --set out to link it by a model judged on both");
        }
        return home;
    }

    /**
     * The sets whose queries at least half of the judgments are about, or none where the model is to be linked. A few hits
     * may be chance, and joining by them would leave all other judgments out.
     */
    private static List<String> joined(Profile profile, NewJudgments judgments, Request request) {
        List<String> closest = judgments.closestSets();
        if (closest.isEmpty() || 2 * judgments.most() >= judgments.judged()) {
            return closest;
        }
        if (!alongside(profile, judgments).isEmpty()) {
            return List.of();
        }
        String set = closest.getFirst();
        throw new IllegalArgumentException((closest.size() > 1
                        ? "sets " + String.join(" and ", closest) + " each hold"
                        : "set '" + set + "' holds")
                + " only " + judgments.most() + " of the " + judgments.judged()
                + " judged queries, less than half, and no model of the profile was judged on them; judge more of the queries of set '"
                + set + "', or judge " + find(profile, set).reference()
                + " on the same queries too and give it a column beside " + request.model()
                + ", or join with the few by --set " + set);
    }

    private static List<String> alongside(Profile profile, NewJudgments judgments) {
        return judgments.alongside().keySet().stream()
                .filter(profile.table().models()::containsKey)
                .toList();
    }

    /** A set of its own: the model and those of the profile that were judged on the same queries. */
    private Added link(Profile profile, Statistics statistics, JudgedSet data, Request request, NewJudgments judgments)
            throws IOException {
        List<String> shared = alongside(profile, judgments);
        requireLink(profile, data, request, judgments, shared);
        JudgedSet.Description description = linkedSet(profile, data, request, shared);
        int position = data.description().models().indexOf(request.model());
        SetLearner.LearnedSet learned = new SetLearner(profile.tagger(), progress)
                .learn(new Projection(
                        data,
                        description,
                        query -> !Double.isNaN(query.quality().get(position))));
        List<EvidenceSet> sets = new ArrayList<>(profile.table().sets());
        sets.add(learned.evidence());
        List<FoldedStatistics> sums = new ArrayList<>(statistics.sets());
        sums.add(learned.statistics());
        List<Manifest.Source> sources = new ArrayList<>(profile.manifest().sources());
        sources.add(new Manifest.Source(description.name(), description.origin()));
        Map<String, TradeOffCurve> curves = Changes.curves(profile);
        curves.put(description.name(), learned.curve());
        return new Added(
                Changes.profile(profile, profile.manifest().withSources(sources), sets, curves),
                statistics.with(sums),
                description.name(),
                true,
                shared,
                judgments.judged(),
                0,
                false,
                true,
                Theta.UNTOUCHED);
    }

    private static void requireLink(
            Profile profile, JudgedSet data, Request request, NewJudgments judgments, List<String> shared) {
        String name = data.description().name();
        if (shared.isEmpty()) {
            throw new IllegalArgumentException("the " + judgments.judged()
                    + " judged queries are none of the profile's ("
                    + names(profile) + "), and no model of the profile was judged on them, so nothing compares; judge "
                    + profile.table().sets().getFirst().reference()
                    + " on the same queries too and give it a column beside " + request.model());
        }
        if (profile.table().sets().stream().anyMatch(set -> set.name().equals(name))) {
            throw new IllegalArgumentException(
                    "the data are named '" + name
                            + "' like a set of the profile, but less than half of their queries are its own; rename the folder or the file");
        }
    }

    /** The models that were judged on both, as the profile knows them, and the new one. */
    private static JudgedSet.Description linkedSet(
            Profile profile, JudgedSet data, Request request, List<String> shared) {
        Map<String, Price> prices = new HashMap<>();
        shared.forEach(model -> profile.table()
                .models()
                .getOrDefault(model, Optional.empty())
                .ifPresent(price -> prices.put(model, price)));
        Price price = request.price();
        if (price != null) {
            prices.put(request.model(), price);
        }
        List<String> models = new ArrayList<>(shared);
        models.add(request.model());
        String reference = reference(profile, shared);
        double tieMargin = profile.table().sets().stream()
                .filter(set -> set.find(reference) != null)
                .findFirst()
                .orElseThrow()
                .tieMargin();
        String origin = request.origin();
        return new JudgedSet.Description(
                data.description().name(),
                models,
                prices,
                reference,
                tieMargin,
                origin == null ? "not stated" : origin);
    }

    private static String reference(Profile profile, List<String> shared) {
        return profile.table().sets().stream()
                .map(EvidenceSet::reference)
                .filter(shared::contains)
                .findFirst()
                .orElse(shared.getFirst());
    }
}
