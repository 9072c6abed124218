package dev.tagrouter.cli;

import dev.tagrouter.lab.evaluation.DataStudy;
import dev.tagrouter.lab.report.StudyFile;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tagrouter study data}: how well methods do with fewer judgments. */
@Command(
        name = "data",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Learns from 10, 25, 50 and 100 %% of the judgments of training and validation folds, drawn by a hash of the "
                    + "texts, and tests every query: how much data a method needs.",
            ""
        },
        footer = {"", "Example:", "  tagrouter study data --data DATA --pool llmrouter9 --out results"})
final class StudyDataCommand implements Callable<Integer> {
    private final Io io;

    @Mixin
    private final StudyRun study = new StudyRun();

    @Option(
            names = "--methods",
            split = ",",
            paramLabel = "M",
            defaultValue = "shrunk-means,knn-40,paper",
            description = "Methods beside ours (default: ${DEFAULT-VALUE}).")
    private List<String> methods = List.of();

    StudyDataCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        return study.run(
                io,
                methods,
                "study-data.json",
                (plan, progress) -> new DataStudy(plan, progress).run(),
                StudyFile::data,
                StudyTables::data);
    }
}
