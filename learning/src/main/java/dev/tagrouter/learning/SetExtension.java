package dev.tagrouter.learning;

import dev.tagrouter.core.decision.TradeOffCurve;
import dev.tagrouter.core.profile.Manifest;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.Bend;
import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.scoring.Price;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** A set of a profile with one more model, learned from judgments on the set's own queries. */
final class SetExtension {
    private static final double ENOUGH_TO_CALIBRATE = 0.5;

    private final Progress progress;
    private final Profile profile;
    private final Statistics statistics;
    private final ModelAdder.Request request;
    private final EvidenceSet set;
    private final FoldedStatistics sums;
    private final Projection judgments;

    SetExtension(
            Progress progress,
            Profile profile,
            Statistics statistics,
            JudgedSet data,
            ModelAdder.Request request,
            EvidenceSet set) {
        this.progress = progress;
        this.profile = profile;
        this.statistics = statistics;
        this.request = request;
        this.set = set;
        this.sums = statistics.sets().stream()
                .filter(own -> own.name().equals(set.name()))
                .findFirst()
                .orElseThrow();
        this.judgments = new Projection(data, description(), own(data, request.model(), sums));
    }

    /** The queries of the set on which the model was judged. */
    static Predicate<JudgedSet.Judged> own(JudgedSet data, String model, FoldedStatistics set) {
        int position = data.description().models().indexOf(model);
        return judged -> !Double.isNaN(judged.quality().get(position))
                && set.fingerprints().contains(QueryKey.of(judged.query()));
    }

    /** The set's models in the order of its sums, then the new one. */
    private JudgedSet.Description description() {
        List<String> models = new ArrayList<>(sums.models());
        models.add(request.model());
        Map<String, Price> prices = new HashMap<>();
        for (Capability capability : set.capabilities()) {
            Price price = capability.summary().price();
            if (price != null) {
                prices.put(capability.model(), price);
            }
        }
        Price price = request.price();
        if (price != null) {
            prices.put(request.model(), price);
        }
        return new JudgedSet.Description(set.name(), models, prices, set.reference(), set.tieMargin(), "");
    }

    ModelAdder.Added add(long leftOut, long judged, boolean referenceJudged) throws IOException {
        int last = sums.models().size();
        // The new model alone with the reference: what is added to the set is the first of the two.
        List<SetStatistics> own =
                FoldedStatistics.empty(profile.table().vocabulary().termCount(), 2, 1, set.tieMargin());
        long complete = sumUp(own, judged);
        FoldedStatistics extended = sums.with(request.model(), own);
        SetStatistics total = extended.total();
        Likeness likeness = likeness();
        JointEstimate estimate = JointEstimate.solve(total, likeness, set.penalty());
        boolean calibrates =
                request.candidate() && request.price() != null && complete >= ENOUGH_TO_CALIBRATE * set.queries();
        boolean bends = judged >= Many.QUERIES;
        // Five more estimates, which few judgments do without.
        HeldOut heldOut = calibrates || bends
                ? new HeldOut(extended.folds(), likeness, new double[] {set.penalty()}, () -> {})
                : null;
        Bend bend = heldOut != null && bends ? bend(heldOut, judged, last) : Bend.NONE;
        Capability column =
                Columns.column(set.name(), request.model(), request.price(), total, estimate, likeness, last, bend);
        List<Capability> columns = new ArrayList<>(set.capabilities());
        columns.add(column);
        EvidenceSet wider = set.with(columns);
        TradeOffCurve curve = profile.curve(set.name());
        if (heldOut != null && calibrates) {
            ThetaCalibration theta = calibrated(heldOut, wider, extended.models(), judged);
            curve = theta.curve();
            wider = wider.withMinimumCoverage(theta.minimumCoverage());
        }
        return new ModelAdder.Added(
                changed(wider, curve),
                statistics.with(statistics.sets().stream()
                        .map(other -> other.name().equals(sums.name()) ? extended : other)
                        .toList()),
                set.name(),
                false,
                List.of(),
                judged,
                leftOut,
                sharesGram(total, last),
                referenceJudged,
                calibrates ? ModelAdder.Theta.CALIBRATED_AGAIN : ModelAdder.Theta.KEPT);
    }

    /** Adds the judgments up and returns on how many queries every priced model was judged. */
    private long sumUp(List<SetStatistics> own, long judged) throws IOException {
        JudgedSet.Description description = judgments.description();
        int last = sums.models().size();
        int reference = sums.models().indexOf(set.reference());
        int[] priced = description.prices().keySet().stream()
                .mapToInt(description.models()::indexOf)
                .toArray();
        AtomicLong read = new AtomicLong();
        AtomicLong complete = new AtomicLong();
        judgments.read(query -> {
            List<Double> qualities =
                    List.of(query.quality().get(last), query.quality().get(reference));
            List<Double> tokens = List.of(query.outputTokens().get(last), 0.0);
            own.get(QueryKey.of(query.query()).fold())
                    .add(profile.tagger().tag(query.query()), new JudgedSet.Judged(query.query(), qualities, tokens));
            if (complete(query, priced)) {
                complete.incrementAndGet();
            }
            progress.report(request.model() + ": reading judgments", read.incrementAndGet(), judged);
        });
        return complete.get();
    }

    private Likeness likeness() {
        return Likeness.of(profile.table().vocabulary(), set.queries());
    }

    private static boolean complete(JudgedSet.Judged query, int[] candidates) {
        for (int candidate : candidates) {
            if (Double.isNaN(query.quality().get(candidate))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sharesGram(SetStatistics total, int m) {
        for (int other = 0; other < total.modelCount(); other++) {
            if (other != m && total.group(other) == total.group(m)) {
                return true;
            }
        }
        return false;
    }

    /** How the new model's scores are bent; those of the others stay as they are. */
    private Bend bend(HeldOut heldOut, long judged, int last) throws IOException {
        Choice choice = new Choice(heldOut);
        read("scoring held-out queries", judged, choice::add);
        return choice.bends().get(last);
    }

    private ThetaCalibration calibrated(HeldOut heldOut, EvidenceSet wider, List<String> models, long judged)
            throws IOException {
        List<Bend> bends = models.stream()
                .map(wider::find)
                .map(column -> Objects.requireNonNull(column).summary().bend())
                .toList();
        ThetaCalibration theta = new ThetaCalibration(judgments.description(), heldOut, 0, bends);
        read("calibrating theta", judged, theta::add);
        return theta;
    }

    private void read(String what, long queries, SetLearner.HeldOutSink sink) throws IOException {
        SetLearner.read(profile.tagger(), judgments, progress, request.model() + ": " + what, queries, sink);
    }

    private Profile changed(EvidenceSet wider, TradeOffCurve curve) {
        Map<String, TradeOffCurve> curves = Changes.curves(profile);
        curves.put(set.name(), curve);
        List<EvidenceSet> sets = profile.table().sets().stream()
                .map(other -> other.name().equals(set.name()) ? wider : other)
                .toList();
        return Changes.profile(profile, manifest(), sets, curves);
    }

    private Manifest manifest() {
        Manifest manifest = profile.manifest();
        String origin = request.origin();
        if (origin == null) {
            return manifest;
        }
        return manifest.withSources(manifest.sources().stream()
                .map(source -> source.set().equals(set.name())
                        ? new Manifest.Source(set.name(), source.origin() + "; " + request.model() + ": " + origin)
                        : source)
                .toList());
    }
}
