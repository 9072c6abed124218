package dev.tagrouter.core.profile;

import static dev.tagrouter.core.profile.ProfileFormat.CAPABILITIES;
import static dev.tagrouter.core.profile.ProfileFormat.CURVES;
import static dev.tagrouter.core.profile.ProfileFormat.MANIFEST;
import static dev.tagrouter.core.profile.ProfileFormat.MODELS;
import static dev.tagrouter.core.profile.ProfileFormat.TAGGER;
import static dev.tagrouter.core.profile.ProfileFormat.TOPICS;
import static dev.tagrouter.core.profile.ProfileFormat.VOCABULARY;

import dev.tagrouter.core.decision.TradeOffCurve;
import dev.tagrouter.core.scoring.Bend;
import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.CapabilityTable;
import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.core.tagging.PlainName;
import dev.tagrouter.core.tagging.TaggerWeights;
import dev.tagrouter.core.tagging.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Reads the file form of a profile that {@link ProfileFormat} describes, and checks that its parts fit. */
final class ProfileDecoder {
    private static final String RESTORE =
            "; restore it or learn the profile again (after a change by hand: tagrouter profile edit --seal)";

    private ProfileDecoder() {}

    /**
     * A profile whose text may have been changed since it was sealed.
     *
     * @param profile as the text says now, with the id of that
     * @param recordedId the id in its manifest
     * @param changedFiles the files that are not those that were sealed
     */
    record Unsealed(Profile profile, String recordedId, List<String> changedFiles) {}

    static Profile decode(ProfileFiles files) throws IOException {
        String place = files.place();
        ManifestFormat.Decoded decoded = ManifestFormat.decode(place, manifest(place, files), true);
        for (String file : changedFiles(files, decoded)) {
            throw new ProfileException(place + ": " + file + " does not match its checksum in " + MANIFEST
                    + ", so it is damaged or was changed" + RESTORE);
        }
        Profile profile = assemble(place, files, decoded, true);
        if (!profile.id().equals(decoded.id())) {
            throw new ProfileException(place + ": the id " + decoded.id() + " in " + MANIFEST
                    + " is not that of its content (" + profile.id() + "), so it is damaged or was changed" + RESTORE);
        }
        return profile;
    }

    /** Reads what the text says, whatever checksums and id say. */
    static Unsealed decodeUnsealed(ProfileFiles files) throws IOException {
        String place = files.place();
        ManifestFormat.Decoded decoded = ManifestFormat.decode(place, manifest(place, files), false);
        Profile profile = assemble(place, files, decoded, false);
        List<String> changed = new ArrayList<>(changedFiles(files, decoded));
        if (!ManifestFormat.id(decoded.manifest(), profile.table(), decoded.checksums())
                .equals(decoded.id())) {
            changed.addFirst(MANIFEST);
        }
        return new Unsealed(profile, decoded.id(), changed);
    }

    private static String manifest(String place, ProfileFiles files) throws ProfileException {
        return ProfileFormat.text(place + ": " + MANIFEST, files.get(MANIFEST));
    }

    private static List<String> changedFiles(ProfileFiles files, ManifestFormat.Decoded decoded) {
        return decoded.checksums().entrySet().stream()
                .filter(sum -> !ProfileFormat.sha256(files.get(sum.getKey())).equals(sum.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** @param sealed whether the checksums are those of the files, so that the id follows from them */
    private static Profile assemble(String place, ProfileFiles files, ManifestFormat.Decoded decoded, boolean sealed)
            throws IOException {
        Manifest manifest = decoded.manifest();
        FutureTask<TaggerWeights> weights = onAnotherCore(() -> decodeTagger(place, files.get(TAGGER)));
        try {
            Vocabulary vocabulary = decodeVocabulary(place, files).withAxes(axesOf(place, files.get(TAGGER)));
            CapabilityTable table = new CapabilityTable(vocabulary, decodeSets(place, files, vocabulary, decoded));
            EmbeddedTagger tagger = new EmbeddedTagger(vocabulary, read(place + ": " + TAGGER, weights));
            Map<String, TradeOffCurve> curves = decodeCurves(place, files.get(CURVES), decoded);
            return sealed
                    ? Profile.withId(
                            ManifestFormat.id(manifest, table, decoded.checksums()), manifest, table, curves, tagger)
                    : Profile.of(manifest, table, curves, tagger);
        } catch (IllegalArgumentException e) {
            throw new ProfileException(
                    place + ": " + e.getMessage() + "; " + (sealed ? "restore it or learn it again" : "correct it"), e);
        }
    }

    static EmbeddedTagger decodeTagger(Path folder) throws IOException {
        String place = "tagger " + folder;
        FutureTask<TaggerWeights> reading = onAnotherCore(() -> ProfileFiles.weights(folder));
        try {
            Vocabulary vocabulary = decodeVocabulary(place, ProfileFiles.readTagger(folder));
            TaggerWeights weights = read(place + ": " + TAGGER, reading);
            return new EmbeddedTagger(vocabulary.withAxes(weights.wording().axes()), weights);
        } catch (IllegalArgumentException e) {
            throw new ProfileException(place + ": " + e.getMessage() + "; restore it or train it again", e);
        }
    }

    /** Reads a part on another core while the tables are read here: a program's first read is on cold code. */
    private static <T> FutureTask<T> onAnotherCore(Callable<T> reading) {
        FutureTask<T> part = new FutureTask<>(reading);
        ForkJoinPool.commonPool().execute(part);
        return part;
    }

    /** @param what the part is, for an error */
    private static <T> T read(String what, FutureTask<T> part) throws ProfileException {
        // Does nothing where it has begun; where no other thread was free it is done here.
        part.run();
        try {
            return part.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProfileException(what + ": interrupted while it was read; try again", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProfileException damage) {
                throw damage;
            }
            if (e.getCause() instanceof RuntimeException wrong) {
                throw wrong;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(what + " could not be read", e.getCause());
        }
    }

    private static TaggerWeights decodeTagger(String place, byte[] content) throws ProfileException {
        try {
            return TaggerWeights.fromBytes(content);
        } catch (IOException e) {
            throw unusableTagger(place, e);
        }
    }

    private static int axesOf(String place, byte[] content) throws ProfileException {
        try {
            return TaggerWeights.axesOf(content);
        } catch (IOException e) {
            throw unusableTagger(place, e);
        }
    }

    static ProfileException unusableTagger(String place, IOException e) {
        return new ProfileException(place + ": " + TAGGER + " " + e.getMessage(), e);
    }

    private static Vocabulary decodeVocabulary(String place, ProfileFiles files) throws ProfileException {
        FutureTask<TopicsFormat.Read> topics =
                onAnotherCore(() -> TopicsFormat.read(place + ": " + TOPICS, files.get(TOPICS)));
        Vocabulary tags = vocabulary(place + ": " + VOCABULARY, files.get(VOCABULARY));
        return read(place + ": " + TOPICS, topics).onto(tags);
    }

    static Vocabulary vocabulary(String place, byte[] content) throws ProfileException {
        Tsv in = new Tsv(place, content, ProfileFormat.VOCABULARY_COLUMNS);
        List<Vocabulary.Entry> entries = new ArrayList<>();
        while (in.next()) {
            entries.add(in.checked(() -> new Vocabulary.Entry(in.text(0), in.count(1), in.list(2))));
        }
        return in.checked(() -> new Vocabulary(entries));
    }

    private static List<EvidenceSet> decodeSets(
            String place, ProfileFiles files, Vocabulary vocabulary, ManifestFormat.Decoded decoded)
            throws ProfileException {
        Map<String, Map<String, Capability.Summary>> models = decodeModels(place, files.get(MODELS), decoded);
        Map<String, Map<String, Capability.Row[]>> rows =
                decodeRows(place, files.get(CAPABILITIES), vocabulary, models);
        List<EvidenceSet> sets = new ArrayList<>();
        for (ManifestFormat.SetFigures figures : decoded.sets()) {
            Map<String, Capability.Row[]> columns = rows.getOrDefault(figures.name(), Map.of());
            try {
                sets.add(figures.with(models.getOrDefault(figures.name(), Map.of()).values().stream()
                        .map(summary ->
                                new Capability(summary, columns.getOrDefault(summary.model(), noRows(vocabulary))))
                        .toList()));
            } catch (IllegalArgumentException e) {
                throw new ProfileException(
                        place + ": " + MANIFEST + " and " + MODELS + ": " + e.getMessage() + "; correct them", e);
            }
        }
        return sets;
    }

    private static Map<String, Map<String, Capability.Summary>> decodeModels(
            String place, byte[] content, ManifestFormat.Decoded decoded) throws ProfileException {
        Map<String, Map<String, Capability.Summary>> models = new LinkedHashMap<>();
        Tsv in = new Tsv(place + ": " + MODELS, content, ProfileFormat.MODELS_COLUMNS);
        while (in.next()) {
            requireSet(in, decoded);
            Capability.Summary summary = in.checked(() -> new Capability.Summary(
                    in.text(1),
                    decodePrice(in),
                    in.count(4),
                    in.number(5),
                    in.number(6),
                    in.number(7),
                    in.number(8),
                    in.number(9),
                    new Bend(in.number(10), in.number(11), in.number(12), in.number(13), in.number(14))));
            if (models.computeIfAbsent(in.text(0), s -> new LinkedHashMap<>()).put(summary.model(), summary) != null) {
                throw in.wrong("model '" + in.text(1) + "' of set '" + in.text(0) + "' stands twice; remove one");
            }
        }
        return models;
    }

    private static @Nullable Price decodePrice(Tsv in) throws ProfileException {
        if (in.isEmpty(2) && in.isEmpty(3)) {
            return null;
        }
        return new Price(in.number(2), in.number(3));
    }

    /** A line of a set that the manifest does not list would be lost silently. */
    private static void requireSet(Tsv in, ManifestFormat.Decoded decoded) throws ProfileException {
        if (decoded.sets().stream().noneMatch(set -> set.name().equals(in.text(0)))) {
            throw in.wrong("set '" + in.text(0) + "' is not in " + MANIFEST + "; correct one of them");
        }
    }

    private static Capability.Row[] noRows(Vocabulary vocabulary) {
        Capability.Row[] none = new Capability.Row[vocabulary.termCount()];
        Arrays.fill(none, Capability.Row.NONE);
        return none;
    }

    private static Map<String, Map<String, Capability.Row[]>> decodeRows(
            String place, byte[] content, Vocabulary vocabulary, Map<String, Map<String, Capability.Summary>> models)
            throws ProfileException {
        Map<String, Map<String, Capability.Row[]>> rows = new LinkedHashMap<>();
        Tsv in = new Tsv(place + ": " + CAPABILITIES, content, ProfileFormat.CAPABILITIES_COLUMNS);
        String before = "";
        int tag = -1;
        while (in.next()) {
            String set = in.text(0);
            String model = in.text(2);
            if (!models.getOrDefault(set, Map.of()).containsKey(model)) {
                throw in.wrong("model '" + PlainName.shown(model) + "' of set '" + set + "' is not in " + MODELS
                        + "; correct one of them");
            }
            String name = in.text(1);
            // A tag has a line for each model: found once.
            tag = name.equals(before) ? tag : vocabulary.termOf(name).orElse(-1);
            before = name;
            if (tag < 0) {
                throw in.wrong("tag '" + PlainName.shown(name) + "' is not in " + VOCABULARY + "; correct one of them");
            }
            Capability.Row[] column = rows.computeIfAbsent(set, s -> new LinkedHashMap<>())
                    .computeIfAbsent(model, m -> noRows(vocabulary));
            if (!column[tag].isNone()) {
                throw in.wrong("tag '" + name + "' of model '" + PlainName.shown(model) + "' stands twice; remove one");
            }
            column[tag] = in.checked(() -> new Capability.Row(
                    in.count(3), in.count(4), in.count(5), in.number(6), in.number(7), in.number(8)));
        }
        return rows;
    }

    private static Map<String, TradeOffCurve> decodeCurves(String place, byte[] content, ManifestFormat.Decoded decoded)
            throws ProfileException {
        Map<String, List<TradeOffCurve.Point>> points = new LinkedHashMap<>();
        Tsv in = new Tsv(place + ": " + CURVES, content, ProfileFormat.CURVES_COLUMNS);
        while (in.next()) {
            requireSet(in, decoded);
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
