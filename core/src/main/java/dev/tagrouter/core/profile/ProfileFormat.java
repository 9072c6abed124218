package dev.tagrouter.core.profile;

import dev.tagrouter.core.decision.TradeOffCurve;
import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.CapabilityTable;
import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.core.tagging.TaggerWeights;
import dev.tagrouter.core.tagging.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The file form of a profile (read by {@link ProfileDecoder}), format version {@value #VERSION}. Of files named {@code .tsv} text is UTF-8 with one line feed a line; tables are
 * tab-separated with a header line, sorted, and hold only what is not zero, so that a diff shows what changed.
 *
 * <ul>
 *   <li>{@code manifest.properties}: what the profile says about itself, and a SHA-256 of each other file
 *   <li>{@code vocabulary.tsv}: tag, frequency, aliases (comma-separated)
 *   <li>{@code topics.bin}: see {@link TopicsFormat}
 *   <li>{@code models.tsv}: set, model, price, how often judged, mean quality, the scorer's baselines and bend
 *   <li>{@code capabilities.tsv}: set, tag, model, win, tie, loss, mass, score, tokens
 *   <li>{@code curves.tsv}: set, theta, quality_per_usd, quality, cost_usd
 *   <li>{@code tagger.bin}: see {@link TaggerWeights}
 *   <li>{@code stats.bin}, which may be absent: see {@link StatsContainer}
 * </ul>
 */
final class ProfileFormat {
    static final int VERSION = 4;
    static final String MANIFEST = "manifest.properties";
    static final String VOCABULARY = "vocabulary.tsv";
    static final String TOPICS = "topics.bin";
    static final String MODELS = "models.tsv";
    static final String CAPABILITIES = "capabilities.tsv";
    static final String CURVES = "curves.tsv";
    static final String TAGGER = "tagger.bin";

    /** Every file of a profile, manifest first. */
    static final List<String> FILES = List.of(MANIFEST, VOCABULARY, TOPICS, MODELS, CAPABILITIES, CURVES, TAGGER);

    /** The statistics behind the scores, beside the routing artifact: not part of the id, and needed for learning only. */
    static final String STATS = "stats.bin";

    /** What a profile may hold: the files of every profile, and the statistics. */
    static final List<String> ALL_FILES =
            Stream.concat(FILES.stream(), Stream.of(STATS)).toList();

    /** What profiles and taggers of former formats held besides: a folder that has them may be replaced. */
    static final List<String> FORMER_FILES = List.of("topics.tsv");

    /** The files that are a tagger on its own. */
    static final List<String> TAGGER_FILES = List.of(VOCABULARY, TOPICS, TAGGER);

    static final List<String> VOCABULARY_COLUMNS = List.of("tag", "frequency", "aliases");
    static final List<String> MODELS_COLUMNS = List.of(
            "set",
            "model",
            "input_usd_per_million_tokens",
            "output_usd_per_million_tokens",
            "judged",
            "mean_quality",
            "baseline",
            "residual_variance",
            "mean_tokens",
            "baseline_tokens",
            "bend_centre",
            "bend_reach",
            "bend_constant",
            "bend_slope",
            "bend_curvature");
    static final List<String> CAPABILITIES_COLUMNS =
            List.of("set", "tag", "model", "win", "tie", "loss", "mass", "score", "tokens");
    static final List<String> CURVES_COLUMNS = List.of("set", "theta", "quality_per_usd", "quality", "cost_usd");

    private ProfileFormat() {}

    static String contentId(
            Manifest manifest, CapabilityTable table, Map<String, TradeOffCurve> curves, EmbeddedTagger tagger) {
        Map<String, byte[]> parts = parts(table, curves, tagger);
        return ManifestFormat.id(manifest, table, checksums(parts));
    }

    static Map<String, byte[]> encode(
            String id,
            Manifest manifest,
            CapabilityTable table,
            Map<String, TradeOffCurve> curves,
            EmbeddedTagger tagger) {
        Map<String, byte[]> parts = parts(table, curves, tagger);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(MANIFEST, bytes(ManifestFormat.encode(id, manifest, table, checksums(parts))));
        files.putAll(parts);
        return files;
    }

    static Map<String, byte[]> encodeTagger(EmbeddedTagger tagger) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(VOCABULARY, bytes(vocabulary(tagger.vocabulary())));
        files.put(TOPICS, TopicsFormat.encode(tagger.vocabulary()));
        files.put(TAGGER, tagger.weights().toBytes());
        return files;
    }

    private static Map<String, byte[]> parts(
            CapabilityTable table, Map<String, TradeOffCurve> curves, EmbeddedTagger tagger) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put(VOCABULARY, bytes(vocabulary(table.vocabulary())));
        parts.put(TOPICS, TopicsFormat.encode(table.vocabulary()));
        parts.put(MODELS, bytes(models(table)));
        parts.put(CAPABILITIES, bytes(capabilities(table)));
        parts.put(CURVES, bytes(curves(table, curves)));
        parts.put(TAGGER, tagger.weights().toBytes());
        return parts;
    }

    /** @throws ProfileException when a file is not in UTF-8; it names the file as {@code place} does */
    static String text(String place, byte[] content) throws ProfileException {
        String text = new String(content, StandardCharsets.UTF_8);
        if (!Arrays.equals(bytes(text), content)) {
            throw new ProfileException(place + " is not UTF-8 text; restore it");
        }
        return text;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> checksums(Map<String, byte[]> files) {
        Map<String, String> checksums = new LinkedHashMap<>();
        for (String name : FILES) {
            byte[] content = files.get(name);
            if (content != null && !name.equals(MANIFEST)) {
                checksums.put(name, sha256(content));
            }
        }
        return checksums;
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static StringBuilder header(List<String> columns) {
        return new StringBuilder(String.join("\t", columns)).append('\n');
    }

    private static void row(StringBuilder out, Object... fields) {
        for (int i = 0; i < fields.length; i++) {
            out.append(i == 0 ? "" : "\t").append(fields[i] instanceof Double d ? number(d) : fields[i]);
        }
        out.append('\n');
    }

    /** The shortest text that reads back as the same number; whole numbers without a fraction. */
    private static String number(double value) {
        return value == StrictMath.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    static String vocabulary(Vocabulary vocabulary) {
        StringBuilder out = header(VOCABULARY_COLUMNS);
        for (Vocabulary.Entry entry : vocabulary.entries()) {
            row(out, entry.name(), entry.frequency(), String.join(",", entry.aliases()));
        }
        return out.toString();
    }

    private static String models(CapabilityTable table) {
        StringBuilder out = header(MODELS_COLUMNS);
        for (EvidenceSet set : table.sets()) {
            for (Capability capability : set.capabilities()) {
                Capability.Summary s = capability.summary();
                Price price = s.price();
                row(
                        out,
                        set.name(),
                        s.model(),
                        price == null ? "" : (Object) price.inputUsdPerMillionTokens(),
                        price == null ? "" : (Object) price.outputUsdPerMillionTokens(),
                        s.judged(),
                        s.meanQuality(),
                        s.baseline(),
                        s.residualVariance(),
                        s.meanTokens(),
                        s.baselineTokens(),
                        s.bend().centre(),
                        s.bend().reach(),
                        s.bend().constant(),
                        s.bend().slope(),
                        s.bend().curvature());
            }
        }
        return out.toString();
    }

    private static String capabilities(CapabilityTable table) {
        StringBuilder out = header(CAPABILITIES_COLUMNS);
        for (EvidenceSet set : table.sets()) {
            for (int t = 0; t < table.vocabulary().termCount(); t++) {
                for (Capability capability : set.capabilities()) {
                    Capability.Row r = capability.row(t);
                    if (!r.isNone()) {
                        row(
                                out,
                                set.name(),
                                table.vocabulary().termName(t),
                                capability.model(),
                                r.win(),
                                r.tie(),
                                r.loss(),
                                r.mass(),
                                r.score(),
                                r.tokens());
                    }
                }
            }
        }
        return out.toString();
    }

    private static String curves(CapabilityTable table, Map<String, TradeOffCurve> curves) {
        StringBuilder out = header(CURVES_COLUMNS);
        for (EvidenceSet set : table.sets()) {
            TradeOffCurve curve = curves.get(set.name());
            if (curve != null) {
                for (TradeOffCurve.Point p : curve.points()) {
                    row(out, set.name(), p.theta(), p.qualityPerUsd(), p.quality(), p.costUsd());
                }
            }
        }
        return out.toString();
    }
}
