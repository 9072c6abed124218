package dev.tagrouter.cli;

import dev.tagrouter.benchmarks.comparison.Growth;
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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A profile of any size, made up, as much work to read and to route with as a learned one: each feature has weights for
 * {@value #WEIGHTS} tags, and a text that it is made for has {@value #LIKELY} likely tags, whatever the vocabulary.
 */
final class MadeUpProfile {
    private static final int FEATURES = 60_000;
    private static final int WEIGHTS = 8;
    private static final int LIKELY = 16;
    /** What a weight of 1 is worth. */
    private static final float UNIT = 0.03f;

    /** The inverse document frequency of what the text does not show; beside it, all words of the text are common. */
    private static final float RARE = 10;

    private static final String SET = "made-up";

    private final Growth.Size size;
    private final Random random = new Random(1);

    private MadeUpProfile(Growth.Size size) {
        this.size = size;
    }

    static void write(Path folder, Growth.Size size, String text) throws IOException {
        new MadeUpProfile(size).make(text).write(folder);
    }

    private Profile make(String text) {
        Vocabulary vocabulary = vocabulary();
        EvidenceSet set = new EvidenceSet(SET, 10_000, 200, name(0), 0.05, 1, 0, capabilities(vocabulary));
        Manifest manifest = new Manifest(
                SET,
                Instant.EPOCH,
                "made up for a benchmark",
                Manifest.ScorerKind.JOINT,
                0.15,
                0,
                name(0),
                set.capabilities().stream().map(Capability::model).toList(),
                SET,
                List.of(new Manifest.Source(SET, "made up")));
        return Profile.of(
                manifest,
                new CapabilityTable(vocabulary, List.of(set)),
                Map.of(SET, curve()),
                tagger(vocabulary, text));
    }

    private static String name(int model) {
        return "model-" + model;
    }

    private Vocabulary vocabulary() {
        List<Vocabulary.Entry> entries = new ArrayList<>();
        for (int t = 0; t < size.tags(); t++) {
            entries.add(new Vocabulary.Entry(String.format(Locale.ROOT, "tag %05d", t), 10, List.of()));
        }
        return new Vocabulary(entries);
    }

    private List<Capability> capabilities(Vocabulary vocabulary) {
        List<Capability> capabilities = new ArrayList<>();
        for (int m = 0; m < size.models(); m++) {
            Capability.Row[] rows = new Capability.Row[vocabulary.termCount()];
            for (int t = 0; t < rows.length; t++) {
                // Few digits, as many as matter: a file of 500 models is long enough.
                rows[t] = new Capability.Row(10, 10, 10, 30, random.nextInt(-99, 100) / 1000.0, random.nextInt(100));
            }
            double quality = random.nextInt(400, 700) / 1000.0;
            Price price = new Price(random.nextInt(1, 100) / 10.0, random.nextInt(1, 400) / 10.0);
            capabilities.add(new Capability(
                    new Capability.Summary(name(m), price, 10_000, quality, quality, 0.1, 200, 200), rows));
        }
        return capabilities;
    }

    private static TradeOffCurve curve() {
        return new TradeOffCurve(List.of(
                new TradeOffCurve.Point(-1, Double.POSITIVE_INFINITY, 0.6, 1e-5),
                new TradeOffCurve.Point(0, 100, 0.7, 1e-3),
                new TradeOffCurve.Point(1, 0, 0.73, 3e-3)));
    }

    private EmbeddedTagger tagger(Vocabulary vocabulary, String text) {
        Set<Integer> known = features(text);
        int inText = known.size();
        // What adds up to 6 for each likely tag: its share of the features, each of the length 1 / sqrt(features).
        byte strong = (byte) Math.min(Byte.MAX_VALUE, Math.round(6 * 2 * LIKELY / WEIGHTS / UNIT / Math.sqrt(inText)));
        while (known.size() < FEATURES) {
            known.add(random.nextInt());
        }
        int[] hashes = known.stream().mapToInt(Integer::intValue).toArray();
        float[] idf = new float[hashes.length];
        float[] scale = new float[hashes.length];
        int[] start = new int[hashes.length + 1];
        short[] tag = new short[hashes.length * WEIGHTS];
        byte[] weight = new byte[tag.length];
        for (int f = 0; f < hashes.length; f++) {
            idf[f] = f < inText ? 1 : RARE;
            scale[f] = UNIT;
            start[f + 1] = start[f] + WEIGHTS;
            for (int w = start[f]; w < start[f + 1]; w++) {
                boolean likely = f < inText && w % 2 == 0;
                tag[w] = (short) (likely ? likelyTag(f + w) : random.nextInt(size.tags()));
                weight[w] = likely ? strong : (byte) random.nextInt(-7, 8);
            }
        }
        float[] offset = new float[size.tags()];
        Arrays.fill(offset, -5f);
        Calibration calibration = new Calibration(new float[] {-10, 10}, new float[] {-10, 10});
        return new EmbeddedTagger(
                vocabulary,
                new TaggerWeights(
                        new FeatureTable(hashes, idf),
                        offset,
                        new Reading(new SparseWeights(scale, start, tag, weight), calibration, 62),
                        new Reading(SparseWeights.none(size.tags()), calibration, 62),
                        new StatedRule(1024, 2048)));
    }

    /** What the tagger sees of a text whose words are all common. */
    private static Set<Integer> features(String text) {
        Set<Integer> seen = new LinkedHashSet<>();
        new TextFeatures().extract(Query.of(text), new TextFeatures.Sink() {
            @Override
            public void words(int[] hashes, int count, boolean[] common) {
                Arrays.fill(common, 0, count, true);
            }

            @Override
            public void features(int[] hashes, int count, float weight) {
                for (int i = 0; i < count; i++) {
                    seen.add(hashes[i]);
                }
            }
        });
        return seen;
    }

    /** The likely tags stand all over the vocabulary. */
    private int likelyTag(int i) {
        return Math.floorMod(i * 31, LIKELY) * (size.tags() / LIKELY);
    }
}
