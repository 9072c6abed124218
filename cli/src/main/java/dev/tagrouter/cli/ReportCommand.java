package dev.tagrouter.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tagrouter.lab.report.AblationFile;
import dev.tagrouter.lab.report.ReportPage;
import dev.tagrouter.lab.report.ResultsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tagrouter report}: the page of an evaluation, written again from its results. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes report.html again from the results.json of tagrouter evaluate: one page with tables and charts that "
                    + "loads nothing.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tagrouter report results",
            "  tagrouter report results --ablation ablations/ablation.json"
        })
final class ReportCommand implements Callable<Integer> {
    static final String RESULTS = "results.json";
    private static final String PAGE = "report.html";
    private static final String ABLATION = "ablation.json";

    private final Io io;

    @Parameters(paramLabel = "DIR", description = "The folder with results.json; report.html is written there.")
    private Path folder = Path.of("");

    @Option(
            names = "--ablation",
            paramLabel = "FILE",
            description = "What tagrouter ablate wrote (default: ablation.json in DIR, if it is there).")
    private @Nullable Path ablation;

    ReportCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode ablated = ablation(folder, ablation);
        Path page = write(folder, ResultsFile.read(folder.resolve(RESULTS)), ablated);
        io.out().printf("Written to %s%n", page);
        return 0;
    }

    /** The ablation named, else the one in the folder, else none. */
    static @Nullable JsonNode ablation(Path folder, @Nullable Path named) throws IOException {
        Path beside = folder.resolve(ABLATION);
        return named != null
                ? AblationFile.read(named)
                : Files.isRegularFile(beside) ? AblationFile.read(beside) : null;
    }

    /** Writes the page into the folder and gives its place. */
    static Path write(Path folder, JsonNode results, @Nullable JsonNode ablation) throws IOException {
        Path page = folder.resolve(PAGE);
        ReportPage.write(page, ReportPage.html(results, ablation));
        return page;
    }
}
