package dev.tagrouter.cli;

import dev.tagrouter.core.profile.Profile;
import java.io.IOException;
import picocli.CommandLine.Option;

/** {@code --profile}: which profile a command works with. */
final class ProfileOption {
    @Option(
            names = "--profile",
            paramLabel = "P",
            defaultValue = "default",
            description = "A built-in profile's name, or a profile folder or zip (default: ${DEFAULT-VALUE}).")
    private String profile = "default";

    Profile load() throws IOException {
        return named().profile();
    }

    ProfilePlace named() {
        return ProfilePlace.of(profile);
    }
}
