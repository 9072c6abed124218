package dev.tagrouter.lab.tagger;

import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.learning.Progress;
import java.util.List;

/**
 * Distils a teacher's tags into an {@link EmbeddedTagger}: a linear classifier of every tag on hashed features, a second one
 * on the tags that the first finds likely, a row of weights for conversations of several turns; all pruned to the weights that
 * matter, calibrated on queries that they were not trained on. Deterministic for one seed.
 *
 * <p>The number of passes ends where F1 on a held-out part stops rising. Queries marked as test are never looked at.
 *
 * @param leastFrequency tags carried by fewer training queries are dropped (5 in the paper)
 * @param maxFeatures how many features are kept, the most frequent first
 * @param weightsPerTag how many weights from features are kept in all, for each tag of the vocabulary; the most important first
 * @param secondWeightsPerTag the same for weights from tags; 0 leaves the second reading out
 * @param penalty the ridge penalty, positive
 * @param rarity how much more often queries with rare tags are drawn: 0 draws all alike, 1 by rarity alone
 * @param mostPasses passes over the data, at most; 1 or more
 * @param seed of the order in which queries are visited
 */
public record TaggerTrainer(
        int leastFrequency,
        int maxFeatures,
        int weightsPerTag,
        int secondWeightsPerTag,
        float penalty,
        float rarity,
        int mostPasses,
        long seed) {
    /**
     * Raised when the same settings and queries come to train another tagger, or its file gets another form, so that kept ones are not
     * taken for it.
     */
    public static final int VERSION = 14;

    private static final int LEAST_QUERIES = 50;

    /** Scores of all tags of all queries are held and sorted at once. */
    private static final long MOST_PAIRS = 1L << 30;

    public TaggerTrainer {
        require(leastFrequency >= 1, "leastFrequency", leastFrequency, "1 or more");
        require(maxFeatures >= 1, "maxFeatures", maxFeatures, "1 or more");
        require(weightsPerTag >= 1, "weightsPerTag", weightsPerTag, "1 or more");
        require(secondWeightsPerTag >= 0, "secondWeightsPerTag", secondWeightsPerTag, "0 or more");
        require(penalty > 0 && Float.isFinite(penalty), "penalty", penalty, "a positive number");
        require(rarity >= 0 && rarity <= 1, "rarity", rarity, "a number from 0 to 1");
        require(mostPasses >= 1, "mostPasses", mostPasses, "1 or more");
    }

    private static void require(boolean condition, String name, Number value, String remedy) {
        if (!condition) {
            throw new IllegalArgumentException(name + " is " + value + "; give " + remedy);
        }
    }

    /** The settings that the shipped taggers were trained with; see docs/adr/0005-tagger.md. */
    public static TaggerTrainer standard() {
        return new TaggerTrainer(5, 60_000, 700, 100, 0.3f, 0.5f, 12, 1);
    }

    /** Trains on all queries that are not marked as test, with the tags that enough of them carry, as spelt. */
    public EmbeddedTagger train(List<TaggedQuery> queries, Progress progress) throws LabException {
        return train(queries, vocabularyAsSpelt(queries), progress);
    }

    /** The tags that enough queries not marked as test carry, as spelt: no two spellings are one. */
    public Vocabulary vocabularyAsSpelt(List<TaggedQuery> queries) {
        List<TaggedQuery> training = queries.stream().filter(q -> !q.test()).toList();
        return Labels.vocabulary(training, leastFrequency);
    }

    /** Trains on all queries that are not marked as test; tags outside the vocabulary are left out of them. */
    public EmbeddedTagger train(List<TaggedQuery> queries, Vocabulary vocabulary, Progress progress)
            throws LabException {
        List<TaggedQuery> training = queries.stream().filter(q -> !q.test()).toList();
        long texts = training.stream().map(TaggedQuery::text).distinct().count();
        if (texts < LEAST_QUERIES) {
            throw new LabException("there are " + texts
                    + " tagged training queries with different texts; give at least " + LEAST_QUERIES);
        }
        if (vocabulary.size() == 0) {
            throw new LabException(
                    "no tag is carried by " + leastFrequency + " training queries or more; give more queries");
        }
        if ((long) training.size() * vocabulary.size() > MOST_PAIRS) {
            throw new LabException(training.size() + " queries times " + vocabulary.size()
                    + " tags are more than fit in memory; give a vocabulary of fewer tags (a higher least frequency)");
        }
        EmbeddedTagger tagger = new Distillation(this, vocabulary, training, progress).run();
        progress.report("finding topics", 0, 0);
        EmbeddedTagger asOneText =
                new EmbeddedTagger(tagger.vocabulary(), tagger.weights().withoutConversations());
        List<Tags> tags = training.parallelStream()
                .map(query -> asOneText.tag(query.query()))
                .toList();
        return new EmbeddedTagger(TopicMaker.withTopics(tagger.vocabulary(), tags, seed), tagger.weights());
    }

    /** How many weights from features are kept for a vocabulary of so many tags. */
    int budget(int tags) {
        return Math.multiplyExact(weightsPerTag, tags);
    }
}
