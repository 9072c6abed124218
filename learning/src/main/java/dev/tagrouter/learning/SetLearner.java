package dev.tagrouter.learning;

import dev.tagrouter.core.decision.TradeOffCurve;
import dev.tagrouter.core.scoring.Bend;
import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.tagging.Tagger;
import dev.tagrouter.core.tagging.Tags;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Learns one set of judged queries, in the three passes that {@link Learner} describes, with the tags of any tagger. */
public final class SetLearner {
    private final Tagger tagger;
    private final Progress progress;

    public SetLearner(Tagger tagger, Progress progress) {
        this.tagger = tagger;
        this.progress = progress;
    }

    /** What one set teaches. */
    record LearnedSet(EvidenceSet evidence, TradeOffCurve curve, FoldedStatistics statistics) {}

    /** Receives judged queries that are not in what they are scored by. */
    @FunctionalInterface
    interface HeldOutSink {
        void add(Tags tags, JudgedSet.Judged judged, int fold);
    }

    /**
     * Learns what scoring the set's models needs, in the first two passes: what coverage is usual is not measured, so that
     * none is too low.
     *
     * @throws IllegalArgumentException when the set is empty
     * @throws IOException when the set cannot be read
     */
    public EvidenceSet evidence(JudgedSet set) throws IOException {
        return fit(set).evidence();
    }

    LearnedSet learn(JudgedSet set) throws IOException {
        Fitted fitted = fit(set);
        List<Bend> bends = fitted.evidence().capabilities().stream()
                .map(capability -> capability.summary().bend())
                .toList();
        ThetaCalibration theta = new ThetaCalibration(set.description(), fitted.heldOut(), fitted.penalty(), bends);
        read(set, "calibrating theta", fitted.statistics().queries(), theta::add);
        return new LearnedSet(
                fitted.evidence().withMinimumCoverage(theta.minimumCoverage()), theta.curve(), fitted.statistics());
    }

    /**
     * What the first two passes find.
     *
     * @param penalty the position of the one that was chosen
     */
    private record Fitted(EvidenceSet evidence, HeldOut heldOut, int penalty, FoldedStatistics statistics) {}

    private Fitted fit(JudgedSet set) throws IOException {
        JudgedSet.Description description = set.description();
        FoldedStatistics statistics = FoldedStatistics.read(set, tagger, progress);
        double[] penalties = Penalties.all();
        Likeness likeness = Likeness.of(tagger.vocabulary(), statistics.queries());
        AtomicLong solved = new AtomicLong();
        HeldOut heldOut = new HeldOut(
                statistics.folds(),
                likeness,
                penalties,
                () -> progress.report(
                        description.name() + ": estimating tags jointly",
                        solved.incrementAndGet(),
                        (long) QueryKey.FOLDS * penalties.length));
        Choice choice = new Choice(heldOut);
        read(set, "scoring held-out queries", statistics.queries(), choice::add);
        int penalty = choice.penalty();
        EvidenceSet evidence = new EvidenceSet(
                description.name(),
                statistics.queries(),
                Columns.rounded(statistics.meanInputTokens(), 1e2),
                description.reference(),
                description.tieMargin(),
                penalties[penalty],
                0,
                columns(
                        description,
                        heldOut.total(),
                        JointEstimate.solve(heldOut.total(), likeness, penalties[penalty]),
                        likeness,
                        choice.bends()));
        return new Fitted(evidence, heldOut, penalty, statistics);
    }

    private void read(JudgedSet set, String what, long queries, HeldOutSink sink) throws IOException {
        read(tagger, set, progress, set.description().name() + ": " + what, queries, sink);
    }

    /** Hands over each query of a set with its tags and the fold it is in. */
    static void read(Tagger tagger, JudgedSet set, Progress progress, String what, long queries, HeldOutSink sink)
            throws IOException {
        AtomicLong read = new AtomicLong();
        set.read(judged -> {
            sink.add(
                    tagger.tag(judged.query()),
                    judged,
                    QueryKey.of(judged.query()).fold());
            progress.report(what, read.incrementAndGet(), queries);
        });
    }

    private static List<Capability> columns(
            JudgedSet.Description set,
            SetStatistics total,
            JointEstimate estimate,
            Likeness likeness,
            List<Bend> bends) {
        return IntStream.range(0, set.models().size())
                .mapToObj(m -> {
                    String model = set.models().get(m);
                    return Columns.column(
                            set.name(), model, set.prices().get(model), total, estimate, likeness, m, bends.get(m));
                })
                .toList();
    }
}
