package dev.tagrouter.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tagrouter vocabulary}: the tags that a tagger knows, made of a teacher's free ones. */
@Command(
        name = "vocabulary",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "The tags that a tagger knows: made of a teacher's free tags, grown by new ones, checked.",
        footer = {
            "",
            "Examples:",
            "  tagrouter vocabulary normalise --tags teacher.jsonl --out my-vocabulary",
            "  tagrouter vocabulary grow --tags new.jsonl --vocabulary my-vocabulary --out my-vocabulary-2",
            "  tagrouter vocabulary check --tags teacher.jsonl --vocabulary my-vocabulary"
        })
final class VocabularyCommand {
    private VocabularyCommand() {}

    static CommandLine withSubcommands(Io io) {
        return new CommandLine(new VocabularyCommand())
                .addSubcommand(new VocabularyNormaliseCommand(io))
                .addSubcommand(new VocabularyGrowCommand(io))
                .addSubcommand(new VocabularyCheckCommand(io));
    }
}
