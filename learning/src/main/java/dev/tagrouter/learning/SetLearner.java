package dev.tagrouter.learning;

import dev.tagrouter.core.decision.TradeOffCurve;
import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.tagging.Tagger;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Learns one set of judged queries, in the two passes that {@link Learner} describes, with the tags of any tagger. */
public final class SetLearner {
    private final Tagger tagger;
    private final Progress progress;

    public SetLearner(Tagger tagger, Progress progress) {
        this.tagger = tagger;
        this.progress = progress;
    }

    /** What one set teaches. */
    record LearnedSet(EvidenceSet evidence, TradeOffCurve curve, FoldedStatistics statistics) {}

    /**
     * Learns what scoring the set's models needs.
     *
     * @throws IllegalArgumentException when the set is empty
     * @throws IOException when the set cannot be read
     */
    public EvidenceSet evidence(JudgedSet set) throws IOException {
        return learn(set).evidence();
    }

    LearnedSet learn(JudgedSet set) throws IOException {
        JudgedSet.Description description = set.description();
        String name = description.name();
        FoldedStatistics statistics = FoldedStatistics.read(set, tagger, progress);
        double[] penalties = Penalties.all();
        Likeness likeness = Likeness.of(tagger.vocabulary());
        AtomicLong solved = new AtomicLong();
        HeldOut heldOut = new HeldOut(
                description,
                statistics.folds(),
                likeness,
                penalties,
                () -> progress.report(
                        name + ": estimating tags jointly",
                        solved.incrementAndGet(),
                        (long) QueryKey.FOLDS * penalties.length));
        AtomicLong calibrated = new AtomicLong();
        set.read(judged -> {
            heldOut.add(
                    tagger.tag(judged.query()),
                    judged,
                    QueryKey.of(judged.query()).fold());
            progress.report(name + ": calibrating theta", calibrated.incrementAndGet(), statistics.queries());
        });
        int penalty = heldOut.penalty();
        SetStatistics total = statistics.total();
        JointEstimate estimate = JointEstimate.solve(total, likeness, penalties[penalty]);
        EvidenceSet evidence = new EvidenceSet(
                name,
                statistics.queries(),
                Columns.rounded(statistics.meanInputTokens(), 1e2),
                description.reference(),
                description.tieMargin(),
                penalties[penalty],
                heldOut.minimumCoverage(penalty),
                columns(description, total, estimate, likeness));
        return new LearnedSet(evidence, heldOut.curve(penalty), statistics);
    }

    private static List<Capability> columns(
            JudgedSet.Description set, SetStatistics total, JointEstimate estimate, Likeness likeness) {
        return IntStream.range(0, set.models().size())
                .mapToObj(m -> {
                    String model = set.models().get(m);
                    return Columns.column(set.name(), model, set.prices().get(model), total, estimate, likeness, m);
                })
                .toList();
    }
}
