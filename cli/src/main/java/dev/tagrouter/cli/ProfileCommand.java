package dev.tagrouter.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tagrouter profile}: what a router knows, as one artifact. */
@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "What a router knows: vocabulary, tagger, evidence and the curve of theta.",
        footer = {
            "",
            "Examples:",
            "  tagrouter profile show --profile my-profile",
            "  tagrouter profile diff my-profile my-profile-2",
            "  tagrouter profile edit my-profile --price code-model=1,2 --out my-profile-2",
            "  tagrouter profile pack my-profile my-profile.zip"
        })
final class ProfileCommand {
    private ProfileCommand() {}

    static CommandLine withSubcommands(Io io) {
        return new CommandLine(new ProfileCommand())
                .addSubcommand(new ProfileShowCommand(io))
                .addSubcommand(new ProfileDiffCommand(io))
                .addSubcommand(new ProfileEditCommand(io))
                .addSubcommand(new ProfilePackCommand(io))
                .addSubcommand(new ProfileUnpackCommand(io));
    }
}
