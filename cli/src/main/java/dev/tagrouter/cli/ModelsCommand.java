package dev.tagrouter.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tagrouter models}: the models a profile knows. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "The models a profile knows: list, add, remove.",
        footer = {
            "",
            "Examples:",
            "  tagrouter models list --profile my-profile",
            "  tagrouter models add new-model --data new.csv --price 0.5,1.5 --profile my-profile --out my-profile-2",
            "  tagrouter models remove old-model --profile my-profile --out my-profile-2"
        })
final class ModelsCommand {
    private ModelsCommand() {}

    static CommandLine withSubcommands(Io io) {
        return new CommandLine(new ModelsCommand())
                .addSubcommand(new ModelsListCommand(io))
                .addSubcommand(new ModelsAddCommand(io))
                .addSubcommand(new ModelsRemoveCommand(io));
    }
}
