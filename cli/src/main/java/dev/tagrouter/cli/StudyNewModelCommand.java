package dev.tagrouter.cli;

import dev.tagrouter.lab.evaluation.NewModelStudy;
import dev.tagrouter.lab.report.StudyFile;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tagrouter study new-model}: how soon a new model is used well. */
@Command(
        name = "new-model",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Each candidate in turn is new: judged on a few queries, the others on all. Theta is the one chosen before it "
                    + "came. Beside the counts asked for there are 0, the pool without it, and all.",
            "",
            "Methods that cannot learn from missing judgments are left out.",
            ""
        },
        footer = {"", "Example:", "  tagrouter study new-model --data DATA --pool llmrouter9 --out results"})
final class StudyNewModelCommand implements Callable<Integer> {
    private final Io io;

    @Mixin
    private final StudyRun study = new StudyRun();

    @Option(
            names = "--methods",
            split = ",",
            paramLabel = "M",
            defaultValue = "shrunk-means",
            description = "Methods beside ours (default: ${DEFAULT-VALUE}).")
    private List<String> methods = List.of();

    @Option(
            names = "--judged",
            split = ",",
            paramLabel = "N",
            defaultValue = "25,50,100,400",
            description = "How many queries the new model is judged on (default: ${DEFAULT-VALUE}).")
    private List<Integer> judged = List.of();

    StudyNewModelCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        for (int count : judged) {
            if (count < 1) {
                throw new UsageException("--judged is " + count + "; give 1 or more, 0 and all are there already");
            }
        }
        return study.run(
                io,
                methods,
                "study-new-model.json",
                (plan, progress) -> new NewModelStudy(plan, judged, progress).run(),
                StudyFile::newModel,
                StudyTables::newModel);
    }
}
