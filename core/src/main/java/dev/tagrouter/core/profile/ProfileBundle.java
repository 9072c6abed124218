package dev.tagrouter.core.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A profile and, where there are some, the statistics it was learned from ({@code stats.bin}): what learning and copying
 * work with. Routing reads a {@link Profile} alone.
 *
 * <p>Immutable. What was read and is written again is the same, byte for byte.
 */
public final class ProfileBundle {
    private final Profile profile;
    private final Map<String, byte[]> files;
    private final byte @Nullable [] statistics;

    private ProfileBundle(Profile profile, Map<String, byte[]> files, byte @Nullable [] statistics) {
        this.profile = profile;
        this.files = files;
        this.statistics = statistics;
    }

    /**
     * Puts a profile and its statistics together.
     *
     * @param statistics what learning wrote, or null for none
     */
    public static ProfileBundle of(Profile profile, byte @Nullable [] statistics) {
        Map<String, byte[]> files = new LinkedHashMap<>(profile.encode());
        if (statistics != null) {
            files.put(ProfileFormat.STATS, StatsContainer.wrap(statistics));
        }
        return new ProfileBundle(profile, files, statistics == null ? null : statistics.clone());
    }

    /**
     * Reads a profile as {@link Profile#read} does, and its statistics.
     *
     * @throws ProfileException when either is damaged or from a later format, or there is no profile
     */
    public static ProfileBundle read(Path path) throws IOException {
        try {
            return decode(ProfileFiles.read(path, ProfileFormat.ALL_FILES));
        } catch (ProfileException first) {
            // A writer may have swapped the folder in between two of its files: the second look tells.
            return decode(ProfileFiles.read(path, ProfileFormat.ALL_FILES));
        }
    }

    /**
     * The same for a profile that ships with TagRouter.
     *
     * @throws ProfileException when there is no built-in profile of this name
     */
    public static ProfileBundle builtIn(String name) throws IOException {
        return decode(ProfileFiles.builtIn(name, ProfileFormat.ALL_FILES));
    }

    private static ProfileBundle decode(ProfileFiles files) throws IOException {
        byte[] wrapped = files.bytes().get(ProfileFormat.STATS);
        return new ProfileBundle(
                ProfileDecoder.decode(files), files.bytes(), wrapped == null ? null : statistics(files, wrapped));
    }

    /** The statistics in this content of a {@code stats.bin}, its checksum checked. */
    static byte[] statistics(ProfileFiles files, byte[] wrapped) throws ProfileException {
        return StatsContainer.unwrap(files.place() + ": " + ProfileFormat.STATS, wrapped);
    }

    public Profile profile() {
        return profile;
    }

    /** What learning wrote as statistics, or null where the profile has none. */
    public byte @Nullable [] statistics() {
        return statistics == null ? null : statistics.clone();
    }

    /** Another profile with the statistics of this one: for changes that the judgments know nothing of. */
    public ProfileBundle with(Profile changed) {
        return of(changed, statistics);
    }

    /**
     * Writes a folder: beside its place, then swapped in by renaming.
     *
     * @param folder does not exist, is empty, or holds nothing but a profile, which will be replaced
     * @throws ProfileException when it is anything else, or cannot be written
     */
    public void writeFolder(Path folder) throws IOException {
        ProfileFiles.write("profile", folder, files, ProfileFormat.ALL_FILES, ProfileFormat.MANIFEST);
    }

    /**
     * Writes a zip in the same way; the same profile gives the same bytes whenever it is packed.
     *
     * @param zip does not exist, or is a profile's zip, which will be replaced
     * @throws ProfileException when it is anything else, or cannot be written
     */
    public void writeZip(Path zip) throws IOException {
        ProfileFiles.writeZip(zip, files);
    }
}
