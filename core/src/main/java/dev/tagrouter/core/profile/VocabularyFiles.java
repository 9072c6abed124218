package dev.tagrouter.core.profile;

import dev.tagrouter.core.tagging.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A vocabulary on its own: the file {@code vocabulary.tsv} that every profile and tagger holds. */
public final class VocabularyFiles {
    private VocabularyFiles() {}

    /**
     * Reads a vocabulary file, or the one in a folder.
     *
     * @throws ProfileException when there is none, or a line is broken, which it names
     */
    public static Vocabulary read(Path place) throws IOException {
        Path file = Files.isDirectory(place) ? place.resolve(ProfileFormat.VOCABULARY) : place;
        if (!Files.isRegularFile(file)) {
            throw new ProfileException("vocabulary '" + file
                    + "' does not exist; name one that tagrouter vocabulary normalise wrote, or a profile's");
        }
        return ProfileDecoder.vocabulary(file.toString(), Files.readAllBytes(file));
    }

    /** Writes {@code vocabulary.tsv} into a folder, made if need be; the file appears whole or not at all. */
    public static Path write(Path folder, Vocabulary vocabulary) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(ProfileFormat.VOCABULARY);
        Path beside = folder.resolve(ProfileFormat.VOCABULARY + ".part");
        Files.write(beside, ProfileFormat.bytes(ProfileFormat.vocabulary(vocabulary)));
        return Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
