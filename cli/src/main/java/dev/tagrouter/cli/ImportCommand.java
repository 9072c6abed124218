package dev.tagrouter.cli;

import dev.tagrouter.lab.dataset.BrokenLines;
import dev.tagrouter.lab.importer.Format;
import dev.tagrouter.lab.importer.Import;
import dev.tagrouter.lab.importer.Imported;
import dev.tagrouter.lab.importer.Rating;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tagrouter import}: judgments of another form brought into a data folder. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Brings judgments that others publish, or that you logged, into a data folder that learn and evaluate read: "
                    + "quality.csv (query id, one column a model), queries.jsonl (id, text and, if known, lang, task, "
                    + "split) and, where answer lengths are known, output_chars.csv.",
            "",
            "Files are read as streams, however large. The folder is written whole or not at all.",
            ""
        },
        footer = {
            "",
            "Formats:",
            "  alpaca-eval  The folder results of tatsu-lab/alpaca_eval. Quality is the judge's probability that the",
            "               model's answer is preferred to the reference's; the reference itself has 0.5.",
            "  routellm     The folder routellm/evals of lm-sys/RouteLLM or one of its tables (prompt, a column of True",
            "               or False for each model), or a CSV of arena battles (model_a, model_b, winner_...).",
            "  llmrouter    The folder data/default_data of ulab-uiuc/LLMRouter, or a file of routing data (JSON Lines:",
            "               query, model_name, performance, output_tokens).",
            "  openai-log   JSON Lines, a line for each answer: {\"request\": {\"model\", \"messages\"}, \"response\":",
            "               {\"usage\", \"choices\"}, \"rating\": 0.8}. The same messages are the same query.",
            "  csv          A CSV: the column text is the query; id, lang, task and split may be there; every other",
            "               column is a model with the quality of its answer from 0 to 1, empty where not judged.",
            "",
            "Judgments that repeat a query and a model are averaged. Two models or more make routing worth while.",
            "",
            "Examples:",
            "  tagrouter import --format alpaca-eval --from alpaca_eval/results --to data/alpaca_eval",
            "  tagrouter import --format openai-log --from requests.jsonl --rating-scale 1:5 --to data/ours",
            "  tagrouter learn --data data/ours --prices prices.csv --out my-profile"
        })
final class ImportCommand implements Callable<Integer> {
    private static final int MOST_NAMED = 10;

    private final Io io;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "F",
            description = "What the judgments come in; see below.")
    private String format = "";

    @Option(names = "--from", required = true, paramLabel = "PATH", description = "The file or folder to import.")
    private Path from = Path.of("");

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "The data folder to write.")
    private Path to = Path.of("");

    @Option(names = "--force", description = "Replace the data folder where there is one.")
    private boolean force;

    @Option(
            names = "--rating-field",
            paramLabel = "NAME",
            description =
                    "openai-log: the member with the rating, as in feedback.score (default: rating, score, feedback "
                            + "or quality, whichever is there).")
    private @Nullable String ratingField;

    @Option(
            names = "--rating-scale",
            paramLabel = "WORST:BEST",
            defaultValue = "0:1",
            description =
                    "openai-log: the ratings that stand for quality 0 and 1, such as 1:5 (default: ${DEFAULT-VALUE}).")
    private String ratingScale = "0:1";

    @Mixin
    private final BrokenLinesOption brokenLines = new BrokenLinesOption();

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    ImportCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        Import wanted = new Import(format(), from, to, force, rating());
        BrokenLines broken = brokenLines.start();
        Imported imported;
        try (StepProgress progress = new StepProgress(io, quiet)) {
            imported = wanted.run(broken, progress);
        }
        brokenLines.report(io, broken);
        report(imported);
        return 0;
    }

    private Format format() {
        return Arrays.stream(Format.values())
                .filter(each -> each.toString().equals(format))
                .findFirst()
                .orElseThrow(() -> new UsageException("--format is '" + format + "'; give one of "
                        + String.join(
                                ", ",
                                Arrays.stream(Format.values())
                                        .map(Format::toString)
                                        .toList())));
    }

    private Rating rating() {
        List<String> ends = List.of(ratingScale.split(":", -1));
        if (ends.size() == 2) {
            try {
                return new Rating(ratingField, Double.parseDouble(ends.getFirst()), Double.parseDouble(ends.getLast()));
            } catch (IllegalArgumentException e) {
                throw new UsageException(
                        "--rating-scale is '" + ratingScale + "'; give two different numbers, as in 1:5");
            }
        }
        throw new UsageException("--rating-scale is '" + ratingScale + "'; give two different numbers, as in 1:5");
    }

    private void report(Imported imported) {
        io.out()
                .printf(
                        Locale.ROOT,
                        "Imported %,d queries, %,d models (%s), %,d judgments (%.1f %% of the cells are empty) to %s%n",
                        imported.queries(),
                        imported.models().size(),
                        few(imported.models()),
                        imported.cells(),
                        100 * imported.missing(),
                        to);
        if (imported.repeated() > 0) {
            io.out()
                    .printf(
                            Locale.ROOT,
                            "%,d judgments repeated a query and a model; the mean was written%n",
                            imported.repeated());
        }
        if (imported.unjudged() > 0) {
            io.out().printf(Locale.ROOT, "%,d rows without a judgment were left out%n", imported.unjudged());
        }
        if (!imported.answerLengths()) {
            io.out().println("Answer lengths are not known: costs will assume 256 output tokens");
        }
        if (imported.models().size() == 1) {
            io.err()
                    .println("tagrouter: only model " + imported.models().getFirst()
                            + " was judged, so there is nothing to route between; judge another on the same queries");
            io.err().flush();
        }
    }

    private static String few(List<String> models) {
        return String.join(", ", models.subList(0, Math.min(MOST_NAMED, models.size())))
                + (models.size() > MOST_NAMED ? ", ..." : "");
    }
}
