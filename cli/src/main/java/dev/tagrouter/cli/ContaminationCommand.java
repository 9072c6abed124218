package dev.tagrouter.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.lab.dataset.QueryTexts;
import dev.tagrouter.lab.evaluation.ContaminationReport;
import dev.tagrouter.lab.evaluation.Overlap;
import dev.tagrouter.lab.evaluation.Overlap.Text;
import dev.tagrouter.lab.report.ContaminationFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tagrouter contamination}: which queries stand on both sides of a division. */
@Command(
        name = "contamination",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Counts the queries of SECOND that stand in FIRST, word for word or nearly: what a method could know by heart "
                    + "when it is trained on FIRST and tested on SECOND.",
            "",
            "A side is a data folder, or a file of JSON Lines with id and text. With FIRST alone, its queries of split "
                    + "test are compared with its others.",
            "",
            "Word for word: the same letters and digits in lower case. Nearly: eight in ten of the word triples are shared, "
                    + "or another text links the two. tagrouter evaluate keeps both together in a fold, and checks that.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tagrouter contamination data/train.jsonl data/test.jsonl",
            "  tagrouter contamination data/llmrouter --list",
        })
final class ContaminationCommand implements Callable<Integer> {
    private static final String TEST = "test";

    private final Io io;

    @Parameters(index = "0", paramLabel = "FIRST", description = "What is learned from.")
    private Path first = Path.of("");

    @Parameters(index = "1", arity = "0..1", paramLabel = "SECOND", description = "What is tested on.")
    private @Nullable Path second;

    @Option(names = "--list", description = "Name each pair by its ids.")
    private boolean list;

    @Option(names = "--json", description = "Print JSON; with --list the pairs too.")
    private boolean json;

    ContaminationCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        Overlap overlap = overlap();
        if (json) {
            ObjectNode out = ContaminationFile.counts(Json.object(), overlap);
            if (list) {
                ArrayNode pairs = out.putArray("pairs");
                overlap.matches()
                        .forEach(match -> pairs.addObject()
                                .put("second", match.id())
                                .put("first", match.like())
                                .put("exact", match.exact()));
            }
            Json.print(io.out(), out);
            return 0;
        }
        io.out()
                .printf(
                        Locale.ROOT,
                        "Of %,d queries tested on, %,d stand among the %,d learned from: %,d word for word, %,d nearly%n",
                        overlap.second(),
                        overlap.count(),
                        overlap.first(),
                        overlap.exact(),
                        overlap.near());
        if (list && overlap.count() > 0) {
            TextTable table =
                    new TextTable().left("tested on").left("learned from").left("");
            overlap.matches()
                    .forEach(match -> table.row(match.id(), match.like(), match.exact() ? "word for word" : "nearly"));
            table.print(io.out());
        }
        return 0;
    }

    private Overlap overlap() throws IOException {
        List<QueryTexts.Line> all = QueryTexts.read(first);
        if (second != null) {
            return Overlap.between(texts(all), texts(QueryTexts.read(second)));
        }
        List<QueryTexts.Line> test =
                all.stream().filter(line -> line.split().equals(TEST)).toList();
        if (test.isEmpty() || test.size() == all.size()) {
            throw new UsageException("'" + first + "' has " + all.size() + " queries, of which " + test.size()
                    + " are of split test; give a second file or folder to compare with");
        }
        return Overlap.between(
                texts(all.stream().filter(line -> !line.split().equals(TEST)).toList()), texts(test));
    }

    private static List<Text> texts(List<QueryTexts.Line> lines) {
        return lines.stream().map(line -> new Text(line.id(), line.text())).toList();
    }

    /** What an evaluation found, in a sentence. */
    static String sentence(ContaminationReport report) {
        return String.format(
                Locale.ROOT,
                "Contamination: %,d tested queries stand among the queries of other folds, %,d among those their tagger "
                        + "learned from%s.",
                ContaminationReport.sum(report.folds()),
                ContaminationReport.sum(report.taggers()),
                report.splits().isEmpty()
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "; by the sets' own splits, not used here, it would be %,d",
                                ContaminationReport.sum(report.splits())));
    }
}
