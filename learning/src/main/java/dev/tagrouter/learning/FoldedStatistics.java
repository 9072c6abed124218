package dev.tagrouter.learning;

import dev.tagrouter.core.tagging.Tagger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Everything that is kept of one judged set: its sums, fold by fold, and which queries they were.
 *
 * @param name of the set
 * @param models the judged models, in the order of the sums
 * @param reference the model that wins, ties and losses are counted against
 * @param tieMargin qualities that differ by no more than this tie, 0 or more
 * @param inputTokens summed over the queries
 * @param fingerprints of the queries
 * @param folds the sums of each fold
 */
record FoldedStatistics(
        String name,
        List<String> models,
        String reference,
        double tieMargin,
        long inputTokens,
        Fingerprints fingerprints,
        List<SetStatistics> folds) {
    FoldedStatistics {
        models = List.copyOf(models);
        folds = List.copyOf(folds);
    }

    /** Reads a set once and adds it up. */
    static FoldedStatistics read(JudgedSet set, Tagger tagger, Progress progress) throws IOException {
        JudgedSet.Description description = set.description();
        List<SetStatistics> folds = empty(
                tagger.vocabulary().termCount(),
                description.models().size(),
                description.models().indexOf(description.reference()),
                description.tieMargin());
        List<Long> fingerprints = new ArrayList<>();
        long[] inputTokens = {0};
        set.read(judged -> {
            QueryKey key = QueryKey.of(judged.query());
            folds.get(key.fold()).add(tagger.tag(judged.query()), judged);
            fingerprints.add(key.fingerprint());
            inputTokens[0] += judged.query().inputTokens();
            progress.report(description.name() + ": reading judgments", fingerprints.size(), 0);
        });
        if (fingerprints.isEmpty()) {
            throw new IllegalArgumentException("set '" + description.name() + "' has no judged query");
        }
        return new FoldedStatistics(
                description.name(),
                description.models(),
                description.reference(),
                description.tieMargin(),
                inputTokens[0],
                Fingerprints.of(fingerprints),
                folds);
    }

    /** Sums of nothing yet, for each fold. */
    static List<SetStatistics> empty(int tags, int models, int reference, double tieMargin) {
        return IntStream.range(0, QueryKey.FOLDS)
                .mapToObj(fold -> new SetStatistics(tags, models, reference, tieMargin))
                .toList();
    }

    long queries() {
        return fingerprints.size();
    }

    double meanInputTokens() {
        return inputTokens / (double) queries();
    }

    SetStatistics total() {
        return SetStatistics.sum(folds);
    }

    /** The same set with one more model, last: its sums are the first model's of {@code own}, fold by fold. */
    FoldedStatistics with(String model, List<SetStatistics> own) {
        List<String> more = new ArrayList<>(models);
        more.add(model);
        return withFolds(
                more,
                IntStream.range(0, folds.size())
                        .mapToObj(fold -> folds.get(fold).with(own.get(fold), 0))
                        .toList());
    }

    /** The same set without a model. */
    FoldedStatistics without(String model) {
        int m = models.indexOf(model);
        return withFolds(
                models.stream().filter(other -> !other.equals(model)).toList(),
                folds.stream().map(fold -> fold.without(m)).toList());
    }

    private FoldedStatistics withFolds(List<String> otherModels, List<SetStatistics> otherFolds) {
        return new FoldedStatistics(name, otherModels, reference, tieMargin, inputTokens, fingerprints, otherFolds);
    }
}
