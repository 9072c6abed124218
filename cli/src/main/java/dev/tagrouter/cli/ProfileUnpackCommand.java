package dev.tagrouter.cli;

import dev.tagrouter.core.profile.ProfileBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tagrouter profile unpack}: a folder of a zip, or of a built-in profile. */
@Command(
        name = "unpack",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Unpacks a profile's zip into a folder, so that its tables can be read, compared and changed.",
            "",
            "Only a profile's own files are taken, and only after its checksums were checked; nothing is written "
                    + "outside the folder.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tagrouter profile unpack my-profile.zip my-profile",
            "  tagrouter profile unpack default my-copy-of-the-default"
        })
final class ProfileUnpackCommand implements Callable<Integer> {
    private final Io io;

    @Parameters(index = "0", paramLabel = "P", description = "The profile: a zip, or a built-in name.")
    private String profile = "";

    @Parameters(index = "1", paramLabel = "FOLDER", description = "The folder to write.")
    private Path folder = Path.of("");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    ProfileUnpackCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        ProfileBundle bundle = ProfilePlace.of(profile).bundleFor(folder);
        bundle.writeFolder(folder);
        if (json) {
            Json.print(
                    io.out(),
                    Json.object().put("profile", bundle.profile().id()).put("statistics", bundle.statistics() != null));
        } else {
            io.out()
                    .printf(
                            "Unpacked profile %s (%s) into %s%n",
                            bundle.profile().manifest().name(), bundle.profile().id(), folder);
        }
        return 0;
    }
}
