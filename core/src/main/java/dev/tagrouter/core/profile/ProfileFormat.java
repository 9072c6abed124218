package dev.tagrouter.core.profile;

import dev.tagrouter.core.decision.TradeOffCurve;
import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.CapabilityTable;
import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.core.tagging.PlainName;
import dev.tagrouter.core.tagging.TaggerWeights;
import dev.tagrouter.core.tagging.Vocabulary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file form of a profile, format version {@value #VERSION}. Text is UTF-8 with one line feed a line; tables are
 * tab-separated with a header line, sorted, and hold only what is not zero, so that a diff shows what changed.
 *
 * <ul>
 *   <li>{@code manifest.properties}: what the profile says about itself, and a SHA-256 of each other file
 *   <li>{@code vocabulary.tsv}: tag, frequency, aliases (comma-separated)
 *   <li>{@code models.tsv}: set, model, price, how often judged, mean quality, the scorer's baselines
 *   <li>{@code capabilities.tsv}: set, tag, model, win, tie, loss, mass, score, tokens
 *   <li>{@code curves.tsv}: set, theta, quality_per_usd, quality, cost_usd
 *   <li>{@code tagger.bin}: see {@link TaggerWeights}
 * </ul>
 */
final class ProfileFormat {
    static final int VERSION = 1;
    static final String MANIFEST = "manifest.properties";
    private static final String VOCABULARY = "vocabulary.tsv";
    private static final String MODELS = "models.tsv";
    private static final String CAPABILITIES = "capabilities.tsv";
    private static final String CURVES = "curves.tsv";
    static final String TAGGER = "tagger.bin";

    /** Every file of a profile, manifest first. */
    static final List<String> FILES = List.of(MANIFEST, VOCABULARY, MODELS, CAPABILITIES, CURVES, TAGGER);

    /** The files that are a tagger on its own. */
    static final List<String> TAGGER_FILES = List.of(VOCABULARY, TAGGER);

    private static final List<String> VOCABULARY_COLUMNS = List.of("tag", "frequency", "aliases");
    private static final List<String> MODELS_COLUMNS = List.of(
            "set",
            "model",
            "input_usd_per_million_tokens",
            "output_usd_per_million_tokens",
            "judged",
            "mean_quality",
            "baseline",
            "residual_variance",
            "mean_tokens",
            "baseline_tokens");
    private static final List<String> CAPABILITIES_COLUMNS =
            List.of("set", "tag", "model", "win", "tie", "loss", "mass", "score", "tokens");
    private static final List<String> CURVES_COLUMNS =
            List.of("set", "theta", "quality_per_usd", "quality", "cost_usd");

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
        files.put(TAGGER, tagger.weights().toBytes());
        return files;
    }

    static EmbeddedTagger decodeTagger(ProfileFiles files) throws IOException {
        String place = "tagger " + files.place();
        try {
            Vocabulary vocabulary = decodeVocabulary(place, text(place, files, VOCABULARY));
            return new EmbeddedTagger(vocabulary, decodeTagger(place, files.get(TAGGER)));
        } catch (IllegalArgumentException e) {
            throw new ProfileException(place + ": " + e.getMessage() + "; restore it or train it again", e);
        }
    }

    private static Map<String, byte[]> parts(
            CapabilityTable table, Map<String, TradeOffCurve> curves, EmbeddedTagger tagger) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put(VOCABULARY, bytes(vocabulary(table.vocabulary())));
        parts.put(MODELS, bytes(models(table)));
        parts.put(CAPABILITIES, bytes(capabilities(table)));
        parts.put(CURVES, bytes(curves(table, curves)));
        parts.put(TAGGER, tagger.weights().toBytes());
        return parts;
    }

    private static byte[] bytes(String text) {
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

    private static String vocabulary(Vocabulary vocabulary) {
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
                        s.baselineTokens());
            }
        }
        return out.toString();
    }

    private static String capabilities(CapabilityTable table) {
        StringBuilder out = header(CAPABILITIES_COLUMNS);
        for (EvidenceSet set : table.sets()) {
            for (int t = 0; t < table.vocabulary().size(); t++) {
                for (Capability capability : set.capabilities()) {
                    Capability.Row r = capability.row(t);
                    if (!r.isNone()) {
                        row(
                                out,
                                set.name(),
                                table.vocabulary().name(t),
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

    static Profile decode(ProfileFiles files) throws IOException {
        String place = "profile " + files.place();
        ManifestFormat.Decoded decoded = ManifestFormat.decode(place, text(place, files, MANIFEST));
        for (Map.Entry<String, String> checksum : decoded.checksums().entrySet()) {
            if (!sha256(files.get(checksum.getKey())).equals(checksum.getValue())) {
                throw new ProfileException(place + ": " + checksum.getKey()
                        + " does not match its checksum in " + MANIFEST + ", so it is damaged or was changed;"
                        + " restore it or learn the profile again");
            }
        }
        try {
            Vocabulary vocabulary = decodeVocabulary(place, text(place, files, VOCABULARY));
            CapabilityTable table = new CapabilityTable(vocabulary, decodeSets(place, files, vocabulary, decoded));
            EmbeddedTagger tagger = new EmbeddedTagger(vocabulary, decodeTagger(place, files.get(TAGGER)));
            Map<String, TradeOffCurve> curves = decodeCurves(place, text(place, files, CURVES));
            Map<String, TradeOffCurve> unknown = new LinkedHashMap<>(curves);
            table.sets().forEach(set -> unknown.remove(set.name()));
            requireNothingLeft(place, CURVES, unknown, MANIFEST);
            String id = ManifestFormat.id(decoded.manifest(), table, decoded.checksums());
            if (!id.equals(decoded.id())) {
                throw new ProfileException(place + ": the id " + decoded.id() + " in " + MANIFEST
                        + " is not that of its content (" + id
                        + "), so it is damaged or was changed; restore it or learn the profile again");
            }
            return Profile.withId(id, decoded.manifest(), table, curves, tagger);
        } catch (IllegalArgumentException e) {
            throw new ProfileException(place + ": " + e.getMessage() + "; restore it or learn it again", e);
        }
    }

    private static String text(String place, ProfileFiles files, String name) throws ProfileException {
        String text = new String(files.get(name), StandardCharsets.UTF_8);
        if (!Arrays.equals(bytes(text), files.get(name))) {
            throw new ProfileException(place + ": " + name + " is not UTF-8 text; restore it");
        }
        return text;
    }

    private static TaggerWeights decodeTagger(String place, byte[] content) throws ProfileException {
        try {
            return TaggerWeights.fromBytes(content);
        } catch (IOException e) {
            throw new ProfileException(place + ": " + TAGGER + " is damaged: " + e.getMessage() + "; restore it", e);
        }
    }

    private static Vocabulary decodeVocabulary(String place, String text) throws ProfileException {
        Tsv in = new Tsv(place + ": " + VOCABULARY, text, VOCABULARY_COLUMNS);
        List<Vocabulary.Entry> entries = new ArrayList<>();
        while (in.next()) {
            entries.add(in.checked(() -> new Vocabulary.Entry(in.text(0), in.count(1), in.list(2))));
        }
        return in.checked(() -> new Vocabulary(entries));
    }

    private static List<EvidenceSet> decodeSets(
            String place, ProfileFiles files, Vocabulary vocabulary, ManifestFormat.Decoded decoded)
            throws ProfileException {
        Map<String, Map<String, Capability.Row[]>> rows =
                decodeRows(place, text(place, files, CAPABILITIES), vocabulary);
        Map<String, List<Capability>> columns = new LinkedHashMap<>();
        Tsv in = new Tsv(place + ": " + MODELS, text(place, files, MODELS), MODELS_COLUMNS);
        while (in.next()) {
            Capability.Summary summary = in.checked(() -> new Capability.Summary(
                    in.text(1),
                    price(in),
                    in.count(4),
                    in.number(5),
                    in.number(6),
                    in.number(7),
                    in.number(8),
                    in.number(9)));
            Capability.Row[] own =
                    rows.getOrDefault(in.text(0), new LinkedHashMap<>()).remove(in.text(1));
            columns.computeIfAbsent(in.text(0), s -> new ArrayList<>())
                    .add(new Capability(summary, own == null ? noRows(vocabulary) : own));
        }
        List<EvidenceSet> sets = new ArrayList<>();
        for (ManifestFormat.SetFigures figures : decoded.sets()) {
            List<Capability> own = columns.remove(figures.name());
            try {
                sets.add(figures.with(own == null ? List.of() : own));
            } catch (IllegalArgumentException e) {
                throw new ProfileException(
                        place + ": " + MANIFEST + " and " + MODELS + ": " + e.getMessage() + "; correct them", e);
            }
        }
        requireNothingLeft(place, MODELS, columns, MANIFEST);
        rows.values().removeIf(Map::isEmpty);
        requireNothingLeft(place, CAPABILITIES, rows, MODELS);
        return sets;
    }

    private static @Nullable Price price(Tsv in) throws ProfileException {
        return in.text(2).isEmpty() && in.text(3).isEmpty() ? null : new Price(in.number(2), in.number(3));
    }

    /** Evidence that no other file knows of would be dropped in silence, so it is refused. */
    private static void requireNothingLeft(String place, String file, Map<String, ?> leftBySet, String missingIn)
            throws ProfileException {
        for (Map.Entry<String, ?> left : leftBySet.entrySet()) {
            String models = left.getValue() instanceof Map<?, ?> byModel
                    ? ", model '" + byModel.keySet().iterator().next() + "',"
                    : "";
            throw new ProfileException(place + ": " + file + ": set '" + left.getKey() + "'" + models + " is not in "
                    + missingIn + "; correct one of them");
        }
    }

    private static Capability.Row[] noRows(Vocabulary vocabulary) {
        Capability.Row[] none = new Capability.Row[vocabulary.size()];
        Arrays.fill(none, Capability.Row.NONE);
        return none;
    }

    private static Map<String, Map<String, Capability.Row[]>> decodeRows(
            String place, String text, Vocabulary vocabulary) throws ProfileException {
        Map<String, Map<String, Capability.Row[]>> rows = new LinkedHashMap<>();
        Tsv in = new Tsv(place + ": " + CAPABILITIES, text, CAPABILITIES_COLUMNS);
        while (in.next()) {
            int tag = vocabulary.indexOf(in.text(1)).orElse(-1);
            if (tag < 0) {
                throw in.wrong(
                        "tag '" + PlainName.shown(in.text(1)) + "' is not in " + VOCABULARY + "; correct one of them");
            }
            Capability.Row[] column = rows.computeIfAbsent(in.text(0), s -> new LinkedHashMap<>())
                    .computeIfAbsent(in.text(2), m -> noRows(vocabulary));
            if (!column[tag].isNone()) {
                throw in.wrong("tag '" + in.text(1) + "' of model '" + PlainName.shown(in.text(2))
                        + "' stands twice; remove one");
            }
            column[tag] = in.checked(() -> new Capability.Row(
                    in.count(3), in.count(4), in.count(5), in.number(6), in.number(7), in.number(8)));
        }
        return rows;
    }

    private static Map<String, TradeOffCurve> decodeCurves(String place, String text) throws ProfileException {
        Map<String, List<TradeOffCurve.Point>> points = new LinkedHashMap<>();
        Tsv in = new Tsv(place + ": " + CURVES, text, CURVES_COLUMNS);
        while (in.next()) {
            points.computeIfAbsent(in.text(0), s -> new ArrayList<>())
                    .add(in.checked(
                            () -> new TradeOffCurve.Point(in.number(1), in.number(2), in.number(3), in.number(4))));
        }
        Map<String, TradeOffCurve> curves = new LinkedHashMap<>();
        for (Map.Entry<String, List<TradeOffCurve.Point>> set : points.entrySet()) {
            curves.put(set.getKey(), in.checked(() -> new TradeOffCurve(set.getValue())));
        }
        return curves;
    }
}
