package dev.tagrouter.cli;

import dev.tagrouter.core.profile.TaggerFiles;
import dev.tagrouter.core.profile.VocabularyFiles;
import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.lab.dataset.BrokenLines;
import dev.tagrouter.lab.tagger.SeedQueries;
import dev.tagrouter.lab.tagger.TaggedQueries;
import dev.tagrouter.lab.tagger.TaggedQuery;
import dev.tagrouter.lab.tagger.TaggerReport;
import dev.tagrouter.lab.tagger.TaggerTrainer;
import dev.tagrouter.lab.vocabulary.Normaliser;
import dev.tagrouter.learning.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tagrouter train-tagger}: a teacher's tags in, an embedded tagger out. */
@Command(
        name = "train-tagger",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains the embedded tagger on queries that a teacher tagged: JSON Lines with id, lang, split, text, tags.",
            "",
            "Queries whose split is 'test' are never trained on; F1 is reported on them: for each query, exact match "
                    + "between the tags stated and the teacher's, averaged over queries. By canonical name, the "
                    + "teacher's aliases count as what they stand for. Then how rare tags do, and whether a tag stated "
                    + "with confidence 0.7 is right seven times in ten.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tagrouter train-tagger --tags teacher_tags.jsonl --out my-tagger",
            "  tagrouter train-tagger --tags teacher_tags.jsonl --exclude-sources belle,alpaca_zh --out free-tagger",
            "  tagrouter learn --tagger my-tagger --data DIR --prices FILE --out my-profile"
        })
final class TrainTaggerCommand implements Callable<Integer> {
    private final Io io;

    @Option(names = "--tags", required = true, paramLabel = "FILE", description = "The teacher's tags.")
    private Path tags = Path.of("");

    @Option(
            names = "--exclude-sources",
            split = ",",
            paramLabel = "S",
            description = "Sources not to train on; a query's source is its id up to the first colon.")
    private List<String> excluded = List.of();

    @Option(
            names = "--no-seed-queries",
            description = "Leave out the queries in English and Chinese that TagRouter brings along.")
    private boolean withoutSeed;

    @Option(
            names = "--vocabulary",
            paramLabel = "FILE",
            description =
                    "The tags to train, as tagrouter vocabulary writes them (default: made of the training queries' "
                            + "tags as tagrouter vocabulary normalise does).")
    private @Nullable Path vocabulary;

    @Option(names = "--no-embeddings", description = "Merge tags by spelling rules only, not by meaning.")
    private boolean withoutEmbeddings;

    @Mixin
    private final BrokenLinesOption brokenLines = new BrokenLinesOption();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder to write.")
    private Path out = Path.of("");

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    TrainTaggerCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        if (vocabulary != null && withoutEmbeddings) {
            throw new UsageException(
                    "--no-embeddings says how to make a vocabulary, and --vocabulary gives one; give one of them");
        }
        Set<String> leftOut = new LinkedHashSet<>(excluded);
        BrokenLines broken = brokenLines.start();
        List<TaggedQuery> queries = new ArrayList<>(TaggedQueries.read(tags, leftOut, broken));
        brokenLines.report(io, broken);
        if (!withoutSeed) {
            queries.addAll(SeedQueries.all());
        }
        long start = System.nanoTime();
        EmbeddedTagger tagger;
        try (StepProgress progress = new StepProgress(io, quiet)) {
            tagger = TaggerTrainer.standard().train(queries, vocabulary(queries, progress), progress);
        }
        TaggerFiles.write(out, tagger);
        io.out()
                .printf(
                        "Trained tagger %s in %d s, written to %s: %,d tags, %,d bytes of weights%n%n",
                        TaggerFiles.id(tagger),
                        (System.nanoTime() - start) / 1_000_000_000,
                        out,
                        tagger.vocabulary().size(),
                        tagger.weights().toBytes().length);
        List<TaggedQuery> asked = leftOut.isEmpty() ? queries : TaggedQueries.read(tags, Set.of(), brokenLines.start());
        new TaggerReportText(new TaggerReport(tagger, asked), io.out()).print(leftOut);
        return 0;
    }

    private Vocabulary vocabulary(List<TaggedQuery> queries, Progress progress) throws IOException {
        Path given = vocabulary;
        return given != null
                ? VocabularyFiles.read(given)
                : Normaliser.standard(withoutEmbeddings ? null : Embedders.installedOrSaid(io), Embedders.cache())
                        .vocabulary(queries, progress);
    }
}
