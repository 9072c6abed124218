package dev.tagrouter.cli;

import dev.tagrouter.lab.evaluation.GrowthStudy;
import dev.tagrouter.lab.report.StudyFile;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tagrouter study growth}: what more candidates bring. */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Pools of one set, each with the models of the one before and more: what routing gains at each step, on the "
                    + "same queries and over the costs of the largest. Then the models are added one by one to a "
                    + "profile of the smallest, and columns that changed are counted.",
            ""
        },
        footer = {"", "Example:", "  tagrouter study growth --data DATA --pool alpaca2-01,alpaca3,alpaca5 --out results"
        })
final class StudyGrowthCommand implements Callable<Integer> {
    private final Io io;

    @Mixin
    private final StudyRun study = new StudyRun();

    @Option(
            names = "--methods",
            split = ",",
            paramLabel = "M",
            defaultValue = "tagrouter",
            description = "Methods beside ours (default: ${DEFAULT-VALUE}).")
    private List<String> methods = List.of();

    StudyGrowthCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        return study.run(
                io,
                methods,
                "study-growth.json",
                (plan, progress) -> new GrowthStudy(plan, progress).run(),
                StudyFile::growth,
                StudyTables::growth);
    }
}
