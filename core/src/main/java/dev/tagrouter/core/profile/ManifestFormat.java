package dev.tagrouter.core.profile;

import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.CapabilityTable;
import dev.tagrouter.core.scoring.EvidenceSet;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * The text form of {@code manifest.properties}: {@code key=value} lines in a fixed order, the last of them the SHA-256
 * of all before it, so that nothing in the file can change unnoticed.
 */
final class ManifestFormat {
    private static final String SEAL = "seal=";

    private ManifestFormat() {}

    /** What a manifest says about a set, apart from its columns. */
    record SetFigures(
            String name,
            long queries,
            double meanInputTokens,
            String reference,
            double tieMargin,
            double penalty,
            double minimumCoverage) {
        EvidenceSet with(List<Capability> capabilities) {
            return new EvidenceSet(
                    name, queries, meanInputTokens, reference, tieMargin, penalty, minimumCoverage, capabilities);
        }
    }

    /** A manifest as read. */
    record Decoded(String id, Manifest manifest, List<SetFigures> sets, Map<String, String> checksums) {}

    /** A hash of everything but the name and the time: equal ids, equal decisions. */
    static String id(Manifest manifest, CapabilityTable table, Map<String, String> checksums) {
        StringBuilder content = new StringBuilder();
        rules(content, manifest);
        sets(content, manifest, table);
        checksums.forEach((file, sum) -> line(content, "sha256." + file, sum));
        return ProfileFormat.sha256(content.toString().getBytes(StandardCharsets.UTF_8))
                .substring(0, 16);
    }

    static String encode(String id, Manifest manifest, CapabilityTable table, Map<String, String> checksums) {
        StringBuilder out = new StringBuilder();
        line(out, "format.version", ProfileFormat.VERSION);
        line(out, "id", id);
        line(out, "name", manifest.name());
        line(out, "created", manifest.created());
        line(out, "licence", manifest.licence());
        rules(out, manifest);
        sets(out, manifest, table);
        checksums.forEach((file, sum) -> line(out, "sha256." + file, sum));
        return out + SEAL + ProfileFormat.sha256(out.toString().getBytes(StandardCharsets.UTF_8)) + "\n";
    }

    private static void requireSeal(String place, String text) throws ProfileException {
        int at = text.lastIndexOf(SEAL);
        String sealed = at < 0 ? "" : text.substring(0, at);
        String seal = SEAL + ProfileFormat.sha256(sealed.getBytes(StandardCharsets.UTF_8)) + "\n";
        if (at < 0 || !text.endsWith(seal) || text.length() != at + seal.length()) {
            throw new ProfileException(place + ": " + ProfileFormat.MANIFEST
                    + " does not match the seal in its last line, so it is damaged or was changed;"
                    + " restore it or learn the profile again (after a change by hand: tagrouter profile edit --seal)");
        }
    }

    private static void rules(StringBuilder out, Manifest manifest) {
        line(out, "scorer", manifest.scorer().name().toLowerCase(Locale.ROOT));
        line(out, "scorer.tie", manifest.tieValue());
        line(out, "theta", manifest.theta());
        line(out, "tagger.id", manifest.taggerId());
        line(out, "default.model", manifest.defaultModel());
        for (int i = 0; i < manifest.candidates().size(); i++) {
            line(out, "candidate." + (i + 1), manifest.candidates().get(i));
        }
    }

    private static void sets(StringBuilder out, Manifest manifest, CapabilityTable table) {
        for (int i = 0; i < table.sets().size(); i++) {
            EvidenceSet set = table.sets().get(i);
            String key = "set." + (i + 1) + ".";
            line(out, key + "name", set.name());
            line(out, key + "queries", set.queries());
            line(out, key + "mean.input.tokens", set.meanInputTokens());
            line(out, key + "reference", set.reference());
            line(out, key + "tie.margin", set.tieMargin());
            line(out, key + "penalty", set.penalty());
            line(out, key + "coverage.minimum", set.minimumCoverage());
            for (Manifest.Source source : manifest.sources()) {
                if (source.set().equals(set.name())) {
                    line(out, key + "origin", source.origin());
                }
            }
        }
    }

    /** What a profile is set to, by names for people: what {@link ProfileDiff} compares. */
    static Map<String, String> settings(Manifest manifest, CapabilityTable table) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("name", manifest.name());
        settings.put("licence", manifest.licence());
        settings.put("scorer", manifest.scorer().name().toLowerCase(Locale.ROOT));
        settings.put("scorer tie", Double.toString(manifest.tieValue()));
        settings.put("theta", Double.toString(manifest.theta()));
        settings.put("tagger", manifest.taggerId());
        settings.put("default model", manifest.defaultModel());
        settings.put("candidates", String.join(", ", manifest.candidates()));
        for (EvidenceSet set : table.sets()) {
            String key = "set " + set.name() + " ";
            settings.put(key + "queries", Long.toString(set.queries()));
            settings.put(key + "mean input tokens", Double.toString(set.meanInputTokens()));
            settings.put(key + "reference", set.reference());
            settings.put(key + "tie margin", Double.toString(set.tieMargin()));
            settings.put(key + "penalty", Double.toString(set.penalty()));
            settings.put(key + "minimum coverage", Double.toString(set.minimumCoverage()));
            for (Manifest.Source source : manifest.sources()) {
                if (source.set().equals(set.name())) {
                    settings.put(key + "origin", source.origin());
                }
            }
        }
        return settings;
    }

    private static void line(StringBuilder out, String key, Object value) {
        out.append(key)
                .append('=')
                .append(value.toString().replace("\\", "\\\\"))
                .append('\n');
    }

    /** @param sealed whether the text must be that which was sealed, not one changed by hand since */
    static Decoded decode(String place, String text, boolean sealed) throws ProfileException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw new ProfileException(place + ": " + ProfileFormat.MANIFEST + " is damaged: " + e.getMessage(), e);
        }
        Keys keys = new Keys(place + ": " + ProfileFormat.MANIFEST, properties);
        long version = keys.count("format.version");
        if (version != ProfileFormat.VERSION) {
            throw new ProfileException(place + ": " + ProfileFormat.MANIFEST + " has format version " + version
                    + ", this program reads version "
                    + ProfileFormat.VERSION + "; "
                    + (version > ProfileFormat.VERSION ? "update TagRouter" : "learn the profile again"));
        }
        if (sealed) {
            requireSeal(place, text);
        }
        List<SetFigures> sets = new ArrayList<>();
        List<Manifest.Source> sources = new ArrayList<>();
        for (int i = 1; properties.containsKey("set." + i + ".name"); i++) {
            String key = "set." + i + ".";
            String name = keys.text(key + "name");
            sets.add(new SetFigures(
                    name,
                    keys.count(key + "queries"),
                    keys.number(key + "mean.input.tokens"),
                    keys.text(key + "reference"),
                    keys.number(key + "tie.margin"),
                    keys.number(key + "penalty"),
                    keys.number(key + "coverage.minimum")));
            sources.add(new Manifest.Source(name, keys.text(key + "origin")));
        }
        List<String> candidates = new ArrayList<>();
        for (int i = 1; properties.containsKey("candidate." + i); i++) {
            candidates.add(keys.text("candidate." + i));
        }
        Map<String, String> checksums = new LinkedHashMap<>();
        for (String file : ProfileFormat.FILES) {
            if (!file.equals(ProfileFormat.MANIFEST)) {
                checksums.put(file, keys.text("sha256." + file));
            }
        }
        try {
            Manifest manifest = new Manifest(
                    keys.text("name"),
                    keys.instant("created"),
                    keys.text("licence"),
                    keys.scorer("scorer"),
                    keys.number("scorer.tie"),
                    keys.number("theta"),
                    keys.text("default.model"),
                    candidates,
                    keys.text("tagger.id"),
                    sources);
            return new Decoded(keys.text("id"), manifest, sets, checksums);
        } catch (IllegalArgumentException e) {
            throw new ProfileException(place + ": " + ProfileFormat.MANIFEST + ": " + e.getMessage(), e);
        }
    }

    /** Typed access to the properties; every mistake names the key and its value. */
    private record Keys(String place, Properties properties) {
        String text(String key) throws ProfileException {
            String value = properties.getProperty(key);
            if (value == null) {
                throw new ProfileException(place + " has no '" + key + "'; restore it or learn the profile again");
            }
            return value;
        }

        long count(String key) throws ProfileException {
            try {
                return Long.parseLong(text(key));
            } catch (NumberFormatException e) {
                throw wrong(key, "a whole number");
            }
        }

        double number(String key) throws ProfileException {
            try {
                return Double.parseDouble(text(key));
            } catch (NumberFormatException e) {
                throw wrong(key, "a number");
            }
        }

        Instant instant(String key) throws ProfileException {
            try {
                return Instant.parse(text(key));
            } catch (DateTimeParseException e) {
                throw wrong(key, "a time such as 2026-11-23T12:00:00Z");
            }
        }

        Manifest.ScorerKind scorer(String key) throws ProfileException {
            for (Manifest.ScorerKind kind : Manifest.ScorerKind.values()) {
                if (kind.name().toLowerCase(Locale.ROOT).equals(text(key))) {
                    return kind;
                }
            }
            throw wrong(key, "one of joint, paper");
        }

        private ProfileException wrong(String key, String expected) {
            return new ProfileException(
                    place + ", key " + key + ": '" + properties.getProperty(key) + "' is not " + expected);
        }
    }
}
