package dev.tagrouter.core.profile;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A profile folder whose text files were changed in an editor: read and checked as the text says, so that it can be
 * sealed, which is to be written again with checksums and id of what it holds now.
 *
 * @param bundle the profile as the text says, and its statistics as they were
 * @param recordedId the id that its manifest states: that of the profile before the change
 * @param changedFiles the files that are not those that were sealed, by name
 */
public record UnsealedProfile(ProfileBundle bundle, String recordedId, List<String> changedFiles) {
    public UnsealedProfile {
        changedFiles = List.copyOf(changedFiles);
    }

    /**
     * Reads a folder and checks everything but checksums and id.
     *
     * @throws ProfileException when it is no profile folder, or the text says what no profile can mean: file, line,
     *     value and remedy are named
     */
    public static UnsealedProfile read(Path folder) throws IOException {
        if (Files.isRegularFile(folder)) {
            throw new ProfileException(
                    "profile '" + folder
                            + "' is a file; only a folder can be edited and sealed: tagrouter profile unpack makes one of a zip");
        }
        ProfileFiles files = ProfileFiles.read(folder, ProfileFormat.ALL_FILES);
        ProfileDecoder.Unsealed unsealed = ProfileDecoder.decodeUnsealed(files);
        byte[] wrapped = files.bytes().get(ProfileFormat.STATS);
        byte @Nullable [] statistics = wrapped == null ? null : ProfileBundle.statistics(files, wrapped);
        ProfileBundle bundle = ProfileBundle.of(unsealed.profile(), statistics);
        requireKnownKeys(folder, files, unsealed.profile());
        return new UnsealedProfile(bundle, unsealed.recordedId(), unsealed.changedFiles());
    }

    /** A misspelt key would be lost silently. */
    private static void requireKnownKeys(Path folder, ProfileFiles files, Profile profile) throws IOException {
        Set<String> unknown = new TreeSet<>(keys(files.get(ProfileFormat.MANIFEST)));
        unknown.removeAll(keys(profile.encode().getOrDefault(ProfileFormat.MANIFEST, new byte[0])));
        if (!unknown.isEmpty()) {
            throw new ProfileException("profile " + folder + ": " + ProfileFormat.MANIFEST + ": key '"
                    + unknown.iterator().next() + "' means nothing here; correct or remove it");
        }
    }

    private static Set<String> keys(byte[] manifest) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(new String(manifest, StandardCharsets.UTF_8)));
        return properties.stringPropertyNames();
    }
}
