package dev.tagrouter.cli;

import dev.tagrouter.core.profile.Profile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --profile}: which profile a command works with. */
final class ProfileOption {
    @Option(
            names = "--profile",
            paramLabel = "P",
            defaultValue = "default",
            description = "A built-in profile's name, or a profile folder or zip (default: ${DEFAULT-VALUE}).")
    private String profile = "default";

    /** Reads it; a name without a path separator that is built in wins over a folder of that name. */
    Profile load() throws IOException {
        List<String> builtIn = Profile.builtInNames();
        boolean plain = profile.indexOf('/') < 0 && profile.indexOf(File.separatorChar) < 0;
        if (plain && builtIn.contains(profile)) {
            return Profile.builtIn(profile);
        }
        try {
            Path path = Path.of(profile);
            if (!Files.exists(path)) {
                throw new FailedException("there is no profile '" + profile + "': no such folder or zip, and built in "
                        + (builtIn.isEmpty() ? "is none" : "are " + String.join(", ", builtIn))
                        + "; name one with --profile");
            }
            return Profile.read(path);
        } catch (InvalidPathException e) {
            throw new UsageException("--profile '" + profile + "' is neither a built-in profile nor a possible path");
        }
    }
}
