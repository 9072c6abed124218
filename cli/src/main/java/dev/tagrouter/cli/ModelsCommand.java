package dev.tagrouter.cli;

import picocli.CommandLine.Command;

/** {@code tagrouter models}: the models a profile knows. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "The models a profile knows.",
        footer = {"", "Examples:", "  tagrouter models list", "  tagrouter models list --profile ./my-profile --json"})
final class ModelsCommand {}
