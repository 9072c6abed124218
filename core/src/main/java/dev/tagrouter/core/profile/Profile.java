package dev.tagrouter.core.profile;

import dev.tagrouter.core.decision.Decider;
import dev.tagrouter.core.decision.PaperDecider;
import dev.tagrouter.core.decision.TradeOffCurve;
import dev.tagrouter.core.decision.UtilityDecider;
import dev.tagrouter.core.scoring.Candidate;
import dev.tagrouter.core.scoring.CandidatePool;
import dev.tagrouter.core.scoring.CapabilityTable;
import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.scoring.JointScorer;
import dev.tagrouter.core.scoring.PaperScorer;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.scoring.Scorer;
import dev.tagrouter.core.tagging.EmbeddedTagger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a router knows, as one immutable artifact: vocabulary, tagger, evidence and the theta curve.
 *
 * <p>On disk it is a folder, or the same as a zip, whose parts are described in {@link ProfileFormat}.
 */
public final class Profile {
    private final String id;
    private final Manifest manifest;
    private final CapabilityTable table;
    private final Map<String, TradeOffCurve> curves;
    private final EmbeddedTagger tagger;

    private Profile(
            String id,
            Manifest manifest,
            CapabilityTable table,
            Map<String, TradeOffCurve> curves,
            EmbeddedTagger tagger) {
        this.id = id;
        this.manifest = manifest;
        this.table = table;
        this.curves = Map.copyOf(curves);
        this.tagger = tagger;
    }

    /**
     * Puts the parts together and checks that they fit each other.
     *
     * @param curves a trade-off curve for each set, by the set's name
     * @throws IllegalArgumentException when they do not fit
     */
    public static Profile of(
            Manifest manifest, CapabilityTable table, Map<String, TradeOffCurve> curves, EmbeddedTagger tagger) {
        return withId(ProfileFormat.contentId(manifest, table, curves, tagger), manifest, table, curves, tagger);
    }

    /** The same for a profile whose content hash is known already. */
    static Profile withId(
            String id,
            Manifest manifest,
            CapabilityTable table,
            Map<String, TradeOffCurve> curves,
            EmbeddedTagger tagger) {
        if (tagger.vocabulary() != table.vocabulary()) {
            throw new IllegalArgumentException("the tagger and the capability table use different vocabularies");
        }
        for (EvidenceSet set : table.sets()) {
            if (!curves.containsKey(set.name())) {
                throw new IllegalArgumentException("set '" + set.name() + "' has no trade-off curve");
            }
            if (manifest.sources().stream()
                            .filter(source -> source.set().equals(set.name()))
                            .count()
                    != 1) {
                throw new IllegalArgumentException(
                        "set '" + set.name() + "' does not have exactly one source that says where it comes from");
            }
        }
        Map<String, Optional<Price>> models = table.models();
        for (String candidate : manifest.candidates()) {
            Optional<Price> price = models.get(candidate);
            if (price == null) {
                throw new IllegalArgumentException("candidate '" + candidate + "' has no column of evidence");
            }
            if (price.isEmpty()) {
                throw new IllegalArgumentException("candidate '" + candidate + "' has no price");
            }
        }
        return new Profile(id, manifest, table, curves, tagger);
    }

    /**
     * Reads a profile from a folder or a zip and checks format, checksums, sizes and numbers.
     *
     * @throws ProfileException when it is missing, damaged or from a later format
     */
    public static Profile read(Path path) throws IOException {
        try {
            return ProfileDecoder.decode(ProfileFiles.read(path, ProfileFormat.FILES));
        } catch (ProfileException first) {
            if (!Files.isDirectory(path)) {
                throw first;
            }
            // A writer may have swapped the folder in between two of its files: the second look tells.
            return ProfileDecoder.decode(ProfileFiles.read(path, ProfileFormat.FILES));
        }
    }

    /**
     * Reads a profile that ships with TagRouter (artifact {@code tagrouter-profiles} on the class path).
     *
     * @throws ProfileException when there is no built-in profile of this name
     */
    public static Profile builtIn(String name) throws IOException {
        return ProfileDecoder.decode(ProfileFiles.builtIn(name, ProfileFormat.FILES));
    }

    /** The names of the profiles that ship on the class path, in the order they are listed. */
    public static List<String> builtInNames() throws IOException {
        return ProfileFiles.builtInNames();
    }

    /**
     * Writes the profile as a folder without statistics ({@link ProfileBundle} writes them too), beside its place and swapped in by renaming: {@link #read} gives the old profile or
     * the new one, never a mixture.
     *
     * @param folder does not exist, is empty, or holds nothing but a profile, which will be replaced
     * @throws ProfileException when it is anything else, or cannot be written
     */
    public void write(Path folder) throws IOException {
        ProfileBundle.of(this, null).writeFolder(folder);
    }

    /** The content of each file of the profile, without statistics. */
    Map<String, byte[]> encode() {
        return ProfileFormat.encode(id, manifest, table, curves, tagger);
    }

    /** The content hash: equal ids, equal decisions. 16 hexadecimal digits. */
    public String id() {
        return id;
    }

    public Manifest manifest() {
        return manifest;
    }

    public CapabilityTable table() {
        return table;
    }

    /** The trade-off curve of the set with this name. */
    public TradeOffCurve curve(String set) {
        TradeOffCurve curve = curves.get(set);
        if (curve == null) {
            throw new IllegalArgumentException("profile " + manifest.name() + " has no set '" + set + "'");
        }
        return curve;
    }

    public EmbeddedTagger tagger() {
        return tagger;
    }

    /** The models chosen between when a request names none, with their prices. */
    public List<Candidate> candidates() {
        Map<String, Optional<Price>> models = table.models();
        List<Candidate> candidates = new ArrayList<>();
        for (String model : manifest.candidates()) {
            models.getOrDefault(model, Optional.empty())
                    .ifPresent(price -> candidates.add(new Candidate(model, price)));
        }
        return candidates;
    }

    /** The same knowledge routed by another scorer. */
    public Profile withScorer(Manifest.ScorerKind kind) {
        return of(manifest.withScorer(kind), table, curves, tagger);
    }

    /** Throws IllegalArgumentException, naming value and range, for a theta this profile's scorer does not know. */
    public void requireTheta(double theta) {
        switch (manifest.scorer()) {
            case JOINT -> UtilityDecider.requireTheta(theta);
            case PAPER -> PaperDecider.requireTheta(theta);
        }
    }

    /** Whether this profile's scorer can compare the candidates: counts of different sets have no common reference. */
    public boolean compares(CandidatePool pool) {
        return switch (manifest.scorer()) {
            case JOINT -> pool.comparable();
            case PAPER -> pool.comparable() && pool.judgedTogether();
        };
    }

    /** The scorer this profile routes with, for candidates that it compares. */
    public Scorer scorer(CandidatePool pool) {
        return switch (manifest.scorer()) {
            case JOINT -> new JointScorer(pool);
            case PAPER -> new PaperScorer(pool, manifest.tieValue());
        };
    }

    /** The decider this profile routes with, for candidates that it compares. */
    public Decider decider(CandidatePool pool, String defaultModel) {
        return switch (manifest.scorer()) {
            case JOINT ->
                new UtilityDecider(
                        pool,
                        curve(pool.base().name()),
                        defaultModel,
                        pool.base().minimumCoverage());
            case PAPER -> new PaperDecider(pool, defaultModel);
        };
    }
}
