package dev.tagrouter.core.profile;

import dev.tagrouter.core.tagging.EmbeddedTagger;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A tagger on its own: the files {@code vocabulary.tsv}, {@code topics.bin} and {@code tagger.bin}, which every profile holds too, so
 * that a new profile can be learned with the tagger of an old one.
 */
public final class TaggerFiles {
    private TaggerFiles() {}

    /**
     * Reads the tagger of a folder that {@code train-tagger} wrote, or of a profile folder.
     *
     * @throws ProfileException when a file is missing or damaged
     */
    public static EmbeddedTagger read(Path folder) throws IOException {
        return ProfileDecoder.decodeTagger(folder);
    }

    /** Writes the tagger as a folder of its own, atomically, as {@link Profile#write} does. */
    public static void write(Path folder, EmbeddedTagger tagger) throws IOException {
        ProfileFiles.write(
                "tagger", folder, ProfileFormat.encodeTagger(tagger), ProfileFormat.TAGGER_FILES, ProfileFormat.TAGGER);
    }

    /** Identifies a tagger by its content: "embedded-" and 12 hexadecimal digits. */
    public static String id(EmbeddedTagger tagger) {
        String topics = ProfileFormat.sha256(TopicsFormat.encode(tagger.vocabulary()));
        String weights = ProfileFormat.sha256(tagger.weights().toBytes());
        return "embedded-"
                + ProfileFormat.sha256(ProfileFormat.bytes(weights + topics)).substring(0, 12);
    }
}
