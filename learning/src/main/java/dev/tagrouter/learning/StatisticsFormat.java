package dev.tagrouter.learning;

import dev.tagrouter.core.tagging.Vocabulary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The body of {@code stats.bin}, version 1 (the outer form with version and checksum is core's). Numbers and texts as
 * {@link ByteSink} writes them.
 *
 * <pre>
 * terms (tags, topics, axes), hash of their names, tagger id, sets;  for each set:
 *   name, reference, tie margin (real), input tokens, queries, differences of their rising fingerprints
 *   models, name of each;  folds;  for each fold:
 *     position of the reference + 1;  Gram matrices;  for each:
 *       queries, sums by tag, products by pair of tags    (all after the first as differences from it)
 *     for each model: number of its Gram matrix
 *       quality and then tokens: count, sum, squares, products by tag;  wins, ties, losses by tag
 * </pre>
 */
final class StatisticsFormat {
    private static final int MAX_MODELS = 1 << 16;
    private static final int MAX_FOLDS = 64;

    private StatisticsFormat() {}

    /** Identifies the tags and their order, which is what the sums are indexed by. */
    static String vocabularyHash(Vocabulary vocabulary) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Vocabulary.Entry entry : vocabulary.entries()) {
                digest.update((entry.name() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            for (int topic = 0; topic < vocabulary.topics().size(); topic++) {
                digest.update((vocabulary.topics().name(topic) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            for (int term = vocabulary.termCount() - vocabulary.axes(); term < vocabulary.termCount(); term++) {
                digest.update((vocabulary.termName(term) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static byte[] encode(Statistics statistics) {
        ByteSink out = new ByteSink();
        out.count(statistics.tags());
        out.text(statistics.vocabularyHash());
        out.text(statistics.taggerId());
        out.count(statistics.sets().size());
        statistics.sets().forEach(set -> encode(out, set));
        return out.toBytes();
    }

    private static void encode(ByteSink out, FoldedStatistics set) {
        out.text(set.name());
        out.text(set.reference());
        out.real(set.tieMargin());
        out.count(set.inputTokens());
        out.count(set.queries());
        long last = 0;
        for (int i = 0; i < set.fingerprints().size(); i++) {
            out.count(set.fingerprints().at(i) - last);
            last = set.fingerprints().at(i);
        }
        out.count(set.models().size());
        set.models().forEach(out::text);
        out.count(set.folds().size());
        set.folds().forEach(fold -> encode(out, fold));
    }

    private static void encode(ByteSink out, SetStatistics fold) {
        out.count(fold.reference() + 1);
        out.count(fold.groupCount());
        Gram first = fold.gramOfGroup(0);
        for (int group = 0; group < fold.groupCount(); group++) {
            Gram gram = fold.gramOfGroup(group);
            out.count(gram.queries());
            out.sparse(group == 0 ? gram.sums() : difference(gram.sums(), first.sums()));
            out.sparse(group == 0 ? gram.products() : difference(gram.products(), first.products()));
        }
        for (int m = 0; m < fold.modelCount(); m++) {
            SetStatistics.Model model = fold.model(m);
            out.count(fold.group(m));
            encode(out, model.quality);
            encode(out, model.tokens);
            out.sparse(model.win);
            out.sparse(model.tie);
            out.sparse(model.loss);
        }
    }

    private static void encode(ByteSink out, Target target) {
        out.count(target.count());
        out.count(target.sum());
        out.count(target.squares());
        out.sparse(target.byTag());
    }

    private static long[] difference(long[] values, long[] base) {
        for (int i = 0; i < values.length; i++) {
            values[i] -= base[i];
        }
        return values;
    }

    /**
     * @param vocabulary whose tags the sums must be of
     * @throws IOException when this is nothing that {@link #encode(Statistics)} wrote, or of other tags; says which
     */
    static Statistics decode(byte[] body, Vocabulary vocabulary) throws IOException {
        ByteSource in = new ByteSource(body);
        int tags = in.count("tags", Vocabulary.MAX_TAGS);
        String vocabularyHash = in.text();
        if (tags != vocabulary.termCount() || !vocabularyHash.equals(vocabularyHash(vocabulary))) {
            throw new IOException("its tags are not the profile's");
        }
        String taggerId = in.text();
        int sets = in.count("sets", in.remaining());
        List<FoldedStatistics> decoded = new ArrayList<>();
        for (int i = 0; i < sets; i++) {
            decoded.add(decodeSet(in, tags));
        }
        if (in.remaining() > 0) {
            throw new IOException("it goes on after its end");
        }
        return new Statistics(tags, vocabularyHash, taggerId, decoded);
    }

    private static FoldedStatistics decodeSet(ByteSource in, int tags) throws IOException {
        String name = in.text();
        String reference = in.text();
        double tieMargin = in.real();
        long inputTokens = in.count();
        int queries = in.count("queries", in.remaining());
        List<Long> fingerprints = new ArrayList<>();
        long last = 0;
        for (int i = 0; i < queries; i++) {
            last += in.count();
            fingerprints.add(last);
        }
        int modelCount = in.count("models", MAX_MODELS);
        List<String> models = new ArrayList<>();
        for (int m = 0; m < modelCount; m++) {
            models.add(in.text());
        }
        int foldCount = in.count("folds", MAX_FOLDS);
        List<SetStatistics> folds = new ArrayList<>();
        for (int fold = 0; fold < foldCount; fold++) {
            folds.add(decodeFold(in, tags, modelCount, tieMargin));
        }
        if (queries == 0 || foldCount != QueryKey.FOLDS || !models.contains(reference)) {
            throw new IOException(
                    "set '" + name + "' has no queries, no reference, or not " + QueryKey.FOLDS + " folds");
        }
        return new FoldedStatistics(
                name, models, reference, tieMargin, inputTokens, Fingerprints.of(fingerprints), folds);
    }

    private static SetStatistics decodeFold(ByteSource in, int tags, int modelCount, double tieMargin)
            throws IOException {
        int reference = in.count("models before the reference", modelCount) - 1;
        int groupCount = in.count("Gram matrices", modelCount);
        List<Gram> grams = new ArrayList<>();
        for (int group = 0; group < groupCount; group++) {
            long queries = in.count();
            long[] sums =
                    in.sparse(group == 0 ? new long[tags] : grams.getFirst().sums());
            long[] products = in.sparse(
                    group == 0 ? new long[Gram.pairs(tags)] : grams.getFirst().products());
            grams.add(new Gram(queries, sums, products));
        }
        List<SetStatistics.Model> models = new ArrayList<>();
        int[] groups = new int[modelCount];
        for (int m = 0; m < modelCount; m++) {
            groups[m] = in.count("as number of a Gram matrix", groupCount - 1);
            models.add(new SetStatistics.Model(
                    Target.quality(in.count(), in.count(), in.count(), in.sparse(new long[tags])),
                    Target.tokens(in.count(), in.count(), in.count(), in.sparse(new long[tags])),
                    in.sparse(new long[tags]),
                    in.sparse(new long[tags]),
                    in.sparse(new long[tags])));
        }
        return new SetStatistics(tags, reference, tieMargin, models, grams, groups);
    }
}
