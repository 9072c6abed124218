package dev.tagrouter.cli;

import dev.tagrouter.core.profile.VocabularyFiles;
import dev.tagrouter.core.tagging.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --vocabulary} or {@code --profile}: whose tags are meant. */
final class VocabularyOption {
    @Option(
            names = "--vocabulary",
            paramLabel = "FILE",
            description = "A vocabulary.tsv, or a folder that holds one (default: that of --profile).")
    private @Nullable Path file;

    @Option(
            names = "--profile",
            paramLabel = "P",
            description = "A built-in profile's name, or a profile folder or zip (default: default).")
    private @Nullable String profile;

    Vocabulary load() throws IOException {
        Path given = file;
        if (given != null && profile != null) {
            throw new UsageException("--vocabulary and --profile are both given; give one of them");
        }
        return given != null
                ? VocabularyFiles.read(given)
                : ProfilePlace.of(profile == null ? "default" : profile)
                        .profile()
                        .table()
                        .vocabulary();
    }
}
