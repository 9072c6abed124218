package dev.tagrouter.lab.baseline;

import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.Candidate;
import dev.tagrouter.core.scoring.CandidatePool;
import dev.tagrouter.core.scoring.Scorer;
import dev.tagrouter.core.scoring.Scores;
import dev.tagrouter.learning.Learner;
import dev.tagrouter.learning.Progress;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ours, as shipped: the learner makes a profile from the lesson, and the profile's own scorer values the candidates.
 * The learner chooses its penalty by cross-validation within the lesson, so there is nothing left to try.
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
    public Valuer fit(Lesson lesson, int trial) throws IOException {
        Profile profile = new Learner(lesson.tagger(), Progress.silent())
                .learn(
                        List.of(new LessonSet(lesson)),
                        new Learner.Settings("lesson", "evaluation only", Instant.EPOCH, "cross-fitted"));
        List<Candidate> candidates = IntStream.range(0, lesson.modelCount())
                .mapToObj(m ->
                        new Candidate(lesson.models().get(m), lesson.prices().get(m)))
                .toList();
        Scorer scorer = profile.scorer(CandidatePool.over(profile.table(), candidates));
        return (example, value, costUsd) -> {
            Scores scores = scorer.score(example.tags());
            for (int m = 0; m < value.length; m++) {
                value[m] = scores.score(m);
                costUsd[m] = scores.costUsd(m, example.query().inputTokens());
            }
        };
    }
}
