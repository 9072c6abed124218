package dev.tagrouter.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.core.embedding.SentenceEmbedder;
import dev.tagrouter.core.tagging.Aligner;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.lab.tagger.TaggedQuery;
import dev.tagrouter.lab.vocabulary.AlignmentCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tagrouter vocabulary check}: how much of what teachers write a vocabulary knows, and how well it aligns. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Says how much of what a teacher wrote a vocabulary knows: as a name, with aliases and spelling rules, and with "
                    + "tags that are near by meaning; apart for training queries and those whose split is 'test'.",
            "",
            "Where training queries carry \"annotators\" (an array of arrays of tags), alignment by meaning is judged too: a "
                    + "tag that the vocabulary does not know should become one that another annotator wrote.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tagrouter vocabulary check --tags teacher.jsonl --profile my-profile",
            "  tagrouter vocabulary check --tags teacher.jsonl --vocabulary my-vocabulary --json"
        })
final class VocabularyCheckCommand implements Callable<Integer> {
    private static final double[] CUT_OFFS = {0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.5};
    private static final int[] MOST = {1, 2, 3};

    private final Io io;

    @Mixin
    private final TagsOption tags = new TagsOption();

    @Mixin
    private final VocabularyOption vocabulary = new VocabularyOption();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    private record Row(Aligner.Similarity similarity, AlignmentCheck.Result result) {}

    VocabularyCheckCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        Vocabulary known = vocabulary.load();
        List<TaggedQuery> queries = tags.read(io);
        SentenceEmbedder embedder = Embedders.installed();
        Aligner aligner = embedder == null ? Aligner.exact(known) : Aligner.similar(known, embedder, Embedders.cache());
        AlignmentCheck.Coverage training = AlignmentCheck.coverage(
                aligner, queries.stream().filter(q -> !q.test()).toList());
        AlignmentCheck.Coverage test = AlignmentCheck.coverage(
                aligner, queries.stream().filter(TaggedQuery::test).toList());
        List<Row> rows = rows(known, embedder);
        if (json) {
            Json.print(io.out(), json(training, test, embedder != null, rows));
        } else {
            print(training, test, embedder != null, rows);
        }
        return 0;
    }

    private List<Row> rows(Vocabulary known, @Nullable SentenceEmbedder embedder) throws IOException {
        List<Row> rows = new ArrayList<>();
        if (embedder == null) {
            return rows;
        }
        AlignmentCheck check = AlignmentCheck.read(tags.file(), tags.excluded());
        if (!check.isEmpty()) {
            for (int most : MOST) {
                for (double cutOff : CUT_OFFS) {
                    Aligner.Similarity similarity = new Aligner.Similarity(cutOff, most);
                    rows.add(new Row(
                            similarity, check.of(Aligner.similar(known, embedder, Embedders.cache(), similarity))));
                }
            }
        }
        return rows;
    }

    private void print(
            AlignmentCheck.Coverage training, AlignmentCheck.Coverage test, boolean byMeaning, List<Row> rows) {
        PrintWriter out = io.out();
        TextTable table = new TextTable()
                .left("queries")
                .right("tags written")
                .right("names")
                .right("and aliases")
                .right("and near ones");
        coverage(table, "training", training, byMeaning);
        coverage(table, "test", test, byMeaning);
        table.print(out);
        if (!rows.isEmpty()) {
            out.println();
            TextTable alignment = new TextTable()
                    .right("at most")
                    .right("cut-off")
                    .right("unknown")
                    .right("aligned")
                    .right("precision")
                    .right("recall");
            for (Row row : rows) {
                alignment.row(
                        Integer.toString(row.similarity().most()),
                        Figures.confidence(row.similarity().cutOff()),
                        Figures.count(row.result().unknown()),
                        Figures.count(row.result().aligned()),
                        Figures.quality(row.result().precision()),
                        Figures.quality(row.result().recall()));
            }
            alignment.print(out);
        }
    }

    private static void coverage(TextTable table, String label, AlignmentCheck.Coverage c, boolean byMeaning) {
        if (c.occurrences() > 0) {
            table.row(
                    label,
                    Figures.count(c.occurrences()),
                    Figures.quality(c.names() / (double) c.occurrences()),
                    Figures.quality(c.known() / (double) c.occurrences()),
                    byMeaning ? Figures.quality(c.similar() / (double) c.occurrences()) : "-");
        }
    }

    private static ObjectNode json(
            AlignmentCheck.Coverage training, AlignmentCheck.Coverage test, boolean byMeaning, List<Row> rows) {
        ObjectNode out = Json.object();
        out.set("training", json(training, byMeaning));
        out.set("test", json(test, byMeaning));
        ArrayNode list = out.putArray("alignment");
        for (Row row : rows) {
            ObjectNode node = list.addObject()
                    .put("most", row.similarity().most())
                    .put("cutOff", row.similarity().cutOff())
                    .put("unknown", row.result().unknown())
                    .put("aligned", row.result().aligned());
            Json.putFinite(node, "precision", row.result().precision());
            Json.putFinite(node, "recall", row.result().recall());
        }
        return out;
    }

    private static ObjectNode json(AlignmentCheck.Coverage coverage, boolean byMeaning) {
        ObjectNode node = Json.object()
                .put("occurrences", coverage.occurrences())
                .put("names", coverage.names())
                .put("known", coverage.known());
        return byMeaning ? node.put("similar", coverage.similar()) : node.putNull("similar");
    }
}
