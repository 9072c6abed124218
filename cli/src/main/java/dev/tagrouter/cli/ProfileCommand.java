package dev.tagrouter.cli;

import picocli.CommandLine.Command;

/** {@code tagrouter profile}: what a router knows, as one artifact. */
@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "What a router knows: vocabulary, tagger, evidence and the curve of theta.",
        footer = {"", "Examples:", "  tagrouter profile show", "  tagrouter profile show --list"})
final class ProfileCommand {}
