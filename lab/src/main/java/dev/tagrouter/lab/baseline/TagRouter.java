package dev.tagrouter.lab.baseline;

import dev.tagrouter.core.scoring.Candidate;
import dev.tagrouter.core.scoring.CandidatePool;
import dev.tagrouter.core.scoring.CapabilityTable;
import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.scoring.JointScorer;
import dev.tagrouter.core.scoring.Scorer;
import dev.tagrouter.core.scoring.Scores;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Tagger;
import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.learning.Progress;
import dev.tagrouter.learning.SetLearner;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ours, as shipped: the learner makes evidence of the lesson as for a profile, and a profile's scorer values the candidates.
 * The learner chooses its penalty by cross-validation within the lesson, so the protocol has nothing left to try.
 */
final class TagRouter implements Method {
    @Override
    public String name() {
        return "tagrouter";
    }

    @Override
    public String description() {
        return "ours: soft tags, effects estimated jointly (docs/adr/0003)";
    }

    @Override
    public boolean learnsFromMissing() {
        return true;
    }

    @Override
    public Valuer fit(Lesson lesson, int trial) throws IOException {
        EvidenceSet evidence = new SetLearner(new Tagged(lesson), Progress.silent()).evidence(new LessonSet(lesson));
        CapabilityTable table = new CapabilityTable(lesson.tagger().vocabulary(), List.of(evidence));
        List<Candidate> candidates = IntStream.range(0, lesson.modelCount())
                .mapToObj(m ->
                        new Candidate(lesson.models().get(m), lesson.prices().get(m)))
                .toList();
        Scorer scorer = new JointScorer(CandidatePool.over(table, candidates));
        return (example, value, costUsd) -> {
            Scores scores = scorer.score(example.tags());
            for (int m = 0; m < value.length; m++) {
                value[m] = scores.score(m);
                costUsd[m] = scores.costUsd(m, example.query().inputTokens());
            }
        };
    }

    /** The lesson's tagger, which has tagged the lesson's queries already. */
    private static final class Tagged implements Tagger {
        private final Tagger tagger;
        private final IdentityHashMap<Query, Tags> known = new IdentityHashMap<>();

        private Tagged(Lesson lesson) {
            this.tagger = lesson.tagger();
            lesson.examples().forEach(example -> known.put(example.query(), example.tags()));
        }

        @Override
        public Tags tag(Query query) {
            Tags tags = known.get(query);
            return tags == null ? tagger.tag(query) : tags;
        }

        @Override
        public Vocabulary vocabulary() {
            return tagger.vocabulary();
        }
    }
}
