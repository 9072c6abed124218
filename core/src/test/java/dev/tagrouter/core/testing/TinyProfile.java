package dev.tagrouter.core.testing;

import dev.tagrouter.core.decision.TradeOffCurve;
import dev.tagrouter.core.profile.Manifest;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.CapabilityTable;
import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.tagging.Calibration;
import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.core.tagging.FeatureTable;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Reading;
import dev.tagrouter.core.tagging.SparseWeights;
import dev.tagrouter.core.tagging.StatedRule;
import dev.tagrouter.core.tagging.TaggerWeights;
import dev.tagrouter.core.tagging.TextFeatures;
import dev.tagrouter.core.tagging.Vocabulary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real, very small profile for tests: three tags that one word each triggers, and three models that differ on them.
 *
 * <p>"sql" is where {@code strong} and {@code coder} are good, "poem" where {@code strong} is, "hello" where all are.
 * Prices: {@code small} 0.1, {@code coder} 1, {@code strong} 10 USD per million tokens. A fourth model,
 * {@code unpriced}, was judged but has no price; {@code stranger} was judged alone, on other queries.
 */
public final class TinyProfile {
    /** The vocabulary: each tag is triggered by the word beside it. */
    public static final Map<String, String> WORD_OF_TAG = Map.of("greeting", "hello", "poetry", "poem", "sql", "sql");

    private TinyProfile() {}

    public static Profile create() {
        Vocabulary vocabulary = vocabulary();
        EvidenceSet together = new EvidenceSet(
                "together",
                100,
                20,
                "strong",
                0.05,
                1,
                0.2,
                List.of(
                        capability("small", new Price(0.1, 0.1), 0.5, 0.3, -0.2, -0.25),
                        capability("coder", new Price(1, 1), 0.6, 0.28, -0.2, 0.25),
                        capability("strong", new Price(10, 10), 0.75, 0.3, 0.2, 0.2),
                        capability("unpriced", null, 0.9, 0.3, 0.3, 0.3)));
        EvidenceSet alone = new EvidenceSet(
                "alone", 50, 20, "stranger", 0, 1, 0.2, List.of(capability("stranger", new Price(2, 2), 0.7, 0, 0, 0)));
        Manifest manifest = new Manifest(
                "tiny",
                Instant.parse("2026-01-01T00:00:00Z"),
                "made up for tests",
                Manifest.ScorerKind.JOINT,
                0.15,
                0,
                "strong",
                List.of("small", "coder", "strong"),
                "tiny-1",
                List.of(
                        new Manifest.Source("together", "made up, Apache-2.0"),
                        new Manifest.Source("alone", "made up, Apache-2.0")));
        Map<String, TradeOffCurve> curves = new LinkedHashMap<>();
        curves.put("together", curve());
        curves.put("alone", curve());
        return Profile.of(
                manifest, new CapabilityTable(vocabulary, List.of(together, alone)), curves, tagger(vocabulary));
    }

    public static Vocabulary vocabulary() {
        return new Vocabulary(List.of(
                new Vocabulary.Entry("greeting", 40, List.of("hello there")),
                new Vocabulary.Entry("poetry", 30, List.of()),
                new Vocabulary.Entry("sql", 30, List.of("structured query language", "sequel"))));
    }

    public static TradeOffCurve curve() {
        return new TradeOffCurve(List.of(
                new TradeOffCurve.Point(-1, Double.POSITIVE_INFINITY, 0.6, 1e-5),
                new TradeOffCurve.Point(-0.5, 1000, 0.65, 1e-4),
                new TradeOffCurve.Point(0, 100, 0.7, 1e-3),
                new TradeOffCurve.Point(0.5, 10, 0.72, 2e-3),
                new TradeOffCurve.Point(1, 0, 0.73, 3e-3)));
    }

    /** A tagger over {@code vocabulary} whose tags are triggered by the words of {@link #WORD_OF_TAG}. */
    public static EmbeddedTagger tagger(Vocabulary vocabulary) {
        int tags = vocabulary.size();
        int[] hashes = new int[tags];
        int[] start = new int[tags + 1];
        short[] tag = new short[tags];
        byte[] weight = new byte[tags];
        float[] ones = new float[tags];
        float[] offset = new float[tags];
        float[] scale = new float[tags];
        Arrays.fill(ones, 1f);
        Arrays.fill(scale, 0.3f);
        Arrays.fill(offset, -6f);
        for (int t = 0; t < tags; t++) {
            hashes[t] = hashOfWord(WORD_OF_TAG.getOrDefault(vocabulary.name(t), vocabulary.name(t)));
            start[t + 1] = t + 1;
            tag[t] = (short) t;
            weight[t] = 100;
        }
        Calibration calibration = new Calibration(new float[] {-10, 10}, new float[] {-10, 10});
        return new EmbeddedTagger(
                vocabulary,
                new TaggerWeights(
                        new FeatureTable(hashes, ones),
                        offset,
                        new Reading(new SparseWeights(scale, start, tag, weight), calibration, 123),
                        new Reading(SparseWeights.none(tags), calibration, 82),
                        new StatedRule(1024, 2048)));
    }

    /** The feature that the word has wherever it stands, not that of its beginning or ending. */
    private static int hashOfWord(String word) {
        int hash = features(word).getFirst();
        if (!features("x " + word + " x").contains(hash)
                || features(word + "ness").contains(hash)) {
            throw new IllegalStateException("the first feature of '" + word + "' is not the word itself");
        }
        return hash;
    }

    private static List<Integer> features(String text) {
        List<Integer> hashes = new ArrayList<>();
        new TextFeatures()
                .extract(
                        Query.of(text),
                        (features, count, weight) ->
                                Arrays.stream(features, 0, count).forEach(hashes::add));
        return hashes;
    }

    private static Capability capability(
            String model, @Nullable Price price, double mean, double greeting, double poetry, double sql) {
        Capability.Summary summary = new Capability.Summary(model, price, 100, mean, 0.5, 0.04, 200, 200);
        Capability.Row[] rows = {
            new Capability.Row(10, 20, 10, 40, greeting, -100),
            new Capability.Row(poetry > 0 ? 20 : 2, 5, poetry > 0 ? 5 : 23, 30, poetry, 0),
            new Capability.Row(sql > 0 ? 20 : 2, 5, sql > 0 ? 5 : 23, 30, sql, 50)
        };
        return new Capability(summary, rows);
    }
}
