package dev.tagrouter.lab.baseline;

import dev.tagrouter.core.scoring.Candidate;
import dev.tagrouter.core.scoring.CandidatePool;
import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.CapabilityTable;
import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.scoring.PaperScorer;
import dev.tagrouter.core.scoring.Scorer;
import dev.tagrouter.core.scoring.Scores;
import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.learning.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * The paper's scorer in its exact mode: raw sums of wins, ties and losses against the dearest model on stated tags
 * (section 3.2), and its rule (section 3.3).
 */
final class PaperCounts implements Method {
    private final double tieValue;

    /** @param tieValue what a tie is worth, in [-1, 1] */
    PaperCounts(double tieValue) {
        this.tieValue = tieValue;
    }

    @Override
    public String name() {
        return Methods.PUBLISHED;
    }

    @Override
    public String description() {
        return "the paper's raw sums on stated tags, s_tie = " + tieValue + " (section 3.2)";
    }

    @Override
    public Rule rule() {
        return Rule.THRESHOLD;
    }

    @Override
    public Valuer fit(Lesson lesson, int trial) {
        Vocabulary vocabulary = lesson.tagger().vocabulary();
        List<Capability> columns = new ArrayList<>();
        List<Candidate> candidates = new ArrayList<>();
        double[] mean = lesson.meanQuality();
        double[] tokens = lesson.meanOutputTokens();
        for (int m = 0; m < lesson.modelCount(); m++) {
            String model = lesson.models().get(m);
            candidates.add(new Candidate(model, lesson.prices().get(m)));
            columns.add(new Capability(
                    new Capability.Summary(
                            model,
                            lesson.prices().get(m),
                            lesson.examples().size(),
                            Math.max(0, Math.min(1, mean[m])),
                            mean[m],
                            0,
                            Math.max(1, tokens[m]),
                            tokens[m]),
                    rows(lesson, m, vocabulary.termCount())));
        }
        EvidenceSet set = new EvidenceSet(
                LessonSet.NAME,
                lesson.examples().size(),
                0,
                lesson.models().get(lesson.dearest()),
                lesson.tieMargin(),
                1,
                0,
                columns);
        CandidatePool pool = CandidatePool.over(new CapabilityTable(vocabulary, List.of(set)), candidates);
        Scorer scorer = new PaperScorer(pool, tieValue);
        ExpectedCost cost = new ExpectedCost(lesson);
        return (example, value, costUsd) -> {
            Scores scores = scorer.score(example.tags());
            for (int m = 0; m < value.length; m++) {
                // For each judged query, so that theta means the same whatever the number of judgments.
                value[m] = scores.score(m) / lesson.examples().size();
            }
            cost.of(example.query(), costUsd);
        };
    }

    private static Capability.Row[] rows(Lesson lesson, int model, int vocabularySize) {
        long[] win = new long[vocabularySize];
        long[] tie = new long[vocabularySize];
        long[] loss = new long[vocabularySize];
        int reference = lesson.dearest();
        for (int i = 0; i < lesson.examples().size(); i++) {
            double gain = lesson.quality(i, model) - lesson.quality(i, reference);
            long[] counts = switch (Outcome.of(gain, lesson.tieMargin())) {
                case WIN -> win;
                case TIE -> tie;
                case LOSS -> loss;
            };
            Tags tags = lesson.examples().get(i).tags();
            for (int k = 0; k < tags.statedCount(); k++) {
                counts[tags.index(k)]++;
            }
        }
        Capability.Row[] rows = new Capability.Row[vocabularySize];
        for (int t = 0; t < vocabularySize; t++) {
            rows[t] = new Capability.Row(win[t], tie[t], loss[t], win[t] + tie[t] + (double) loss[t], 0, 0);
        }
        return rows;
    }
}
