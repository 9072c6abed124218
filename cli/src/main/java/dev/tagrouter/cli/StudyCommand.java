package dev.tagrouter.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tagrouter study}: questions to a method beyond how well it does, asked by the protocol of evaluate. */
@Command(
        name = "study",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Studies by the protocol of tagrouter evaluate: fewer judgments, a new model, a growing pool.",
        footer = {
            "",
            "Examples:",
            "  tagrouter study data --data DATA --pool llmrouter9 --out results",
            "  tagrouter study new-model --data DATA --pool llmrouter9 --out results",
            "  tagrouter study growth --data DATA --pool llmrouter2,llmrouter3,llmrouter5,llmrouter9 --out results"
        })
final class StudyCommand {
    private StudyCommand() {}

    static CommandLine withSubcommands(Io io) {
        return new CommandLine(new StudyCommand())
                .addSubcommand(new StudyDataCommand(io))
                .addSubcommand(new StudyNewModelCommand(io))
                .addSubcommand(new StudyGrowthCommand(io));
    }
}
