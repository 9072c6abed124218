package dev.tagrouter.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.core.profile.ProfileBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tagrouter profile pack}: a profile as one file. */
@Command(
        name = "pack",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Packs a profile, checked, into a zip that every command reads as it is. The same profile gives the same bytes.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tagrouter profile pack my-profile my-profile.zip",
            "  tagrouter route --profile my-profile.zip \"Write a SQL query\"",
            "  tagrouter profile pack my-profile small.zip --no-stats"
        })
final class ProfilePackCommand implements Callable<Integer> {
    private final Io io;

    @Parameters(index = "0", paramLabel = "P", description = "The profile: a built-in name, a folder or a zip.")
    private String profile = "";

    @Parameters(index = "1", paramLabel = "FILE.zip", description = "The zip to write.")
    private Path zip = Path.of("");

    @Option(names = "--no-stats", description = "Leave out stats.bin, which routing does not need.")
    private boolean noStats;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    ProfilePackCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        ProfileBundle whole = ProfilePlace.of(profile).bundleFor(zip);
        ProfileBundle packed = noStats ? ProfileBundle.of(whole.profile(), null) : whole;
        packed.writeZip(zip);
        long bytes = Files.size(zip);
        boolean statistics = packed.statistics() != null;
        if (json) {
            ObjectNode node = Json.object()
                    .put("profile", whole.profile().id())
                    .put("bytes", bytes)
                    .put("statistics", statistics);
            Json.print(io.out(), node);
        } else {
            io.out()
                    .printf(
                            "Packed profile %s (%s), %s statistics, into %s: %s bytes%n",
                            whole.profile().manifest().name(),
                            whole.profile().id(),
                            statistics ? "with its" : "without",
                            zip,
                            Figures.count(bytes));
        }
        return 0;
    }
}
