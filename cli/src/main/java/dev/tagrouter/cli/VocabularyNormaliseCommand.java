package dev.tagrouter.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.core.embedding.SentenceEmbedder;
import dev.tagrouter.core.profile.VocabularyFiles;
import dev.tagrouter.lab.tagger.SeedQueries;
import dev.tagrouter.lab.tagger.TaggedQuery;
import dev.tagrouter.lab.vocabulary.Merge;
import dev.tagrouter.lab.vocabulary.MergesFile;
import dev.tagrouter.lab.vocabulary.Normalised;
import dev.tagrouter.lab.vocabulary.Normaliser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tagrouter vocabulary normalise}: a teacher's free tags in, a vocabulary with aliases out. */
@Command(
        name = "normalise",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Makes a vocabulary of a teacher's free tags, as train-tagger does by itself.",
            "",
            "Spellings that differ by case, marks, spaces, hyphens, plural or British and American habit become one tag; "
                    + "tags that fewer queries carry than --least-frequency are cut; tags that are near by meaning (sentence "
                    + "embeddings, DBSCAN) are merged, and cut ones that are very near to a kept one become its aliases. "
                    + "The most frequent spelling is the name. Queries whose split is 'test' are not looked at.",
            "",
            "Writes vocabulary.tsv (tag, frequency, aliases) and merges.tsv (alias, frequency, canonical, step, cosine): read "
                    + "the latter, take out of the former what you would not merge, and give it to train-tagger.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tagrouter vocabulary normalise --tags teacher.jsonl --out my-vocabulary",
            "  tagrouter vocabulary normalise --tags teacher.jsonl --cut-off 0.92 --out careful",
            "  tagrouter train-tagger --tags teacher.jsonl --vocabulary my-vocabulary --out my-tagger"
        })
final class VocabularyNormaliseCommand implements Callable<Integer> {
    private final Io io;

    @Mixin
    private final TagsOption tags = new TagsOption();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder to write.")
    private Path out = Path.of("");

    @Option(
            names = "--least-frequency",
            paramLabel = "N",
            defaultValue = "" + Normaliser.LEAST_FREQUENCY,
            description = "Tags carried by fewer queries are cut (default: ${DEFAULT-VALUE}).")
    private int leastFrequency;

    @Option(
            names = "--cut-off",
            paramLabel = "X",
            defaultValue = "" + Normaliser.CUT_OFF,
            description = "The least cosine at which two tags are merged (default: ${DEFAULT-VALUE}).")
    private double cutOff;

    @Option(
            names = "--rare-cut-off",
            paramLabel = "X",
            defaultValue = "" + Normaliser.RARE_CUT_OFF,
            description = "The least cosine at which a cut tag becomes an alias (default: ${DEFAULT-VALUE}).")
    private double rareCutOff;

    @Option(names = "--no-embeddings", description = "Merge by spelling rules only.")
    private boolean withoutEmbeddings;

    @Option(
            names = "--no-seed-queries",
            description = "Leave out the queries in English and Chinese that TagRouter brings along.")
    private boolean withoutSeed;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    VocabularyNormaliseCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        SentenceEmbedder embedder = withoutEmbeddings ? null : Embedders.installedOrSaid(io);
        Normaliser normaliser = normaliser(embedder);
        List<TaggedQuery> queries = new ArrayList<>(tags.read(io));
        if (!withoutSeed) {
            queries.addAll(SeedQueries.all());
        }
        Normalised normalised;
        try (StepProgress progress = new StepProgress(io, quiet)) {
            normalised = normaliser.normalise(queries, progress);
        }
        Path vocabulary = VocabularyFiles.write(out, normalised.vocabulary());
        Path merges = MergesFile.write(out, normalised.merges());
        if (json) {
            Json.print(io.out(), json(normalised));
        } else {
            print(normalised);
            io.out().println();
            io.out().println("Written to " + vocabulary + " and " + merges);
        }
        return 0;
    }

    private Normaliser normaliser(@Nullable SentenceEmbedder embedder) {
        try {
            return new Normaliser(leastFrequency, cutOff, rareCutOff, embedder, Embedders.cache());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static long count(Normalised normalised, Merge.Step step) {
        return normalised.merges().stream().filter(m -> m.step() == step).count();
    }

    private void print(Normalised normalised) {
        Normalised.Counts counts = normalised.counts();
        boolean byMeaning = !normalised.embedder().isEmpty();
        TextTable table = new TextTable().left("step").right("tags left").right("aliases");
        table.row("as written", Figures.count(counts.raw()), "");
        if (counts.unusable() > 0) {
            table.row("without those that no vocabulary can hold", Figures.count(counts.raw() - counts.unusable()), "");
        }
        table.row("spelling rules", Figures.count(counts.afterRules()), "");
        table.row(
                "carried by " + leastFrequency + " queries or more",
                Figures.count(counts.afterCut()),
                Figures.count(count(normalised, Merge.Step.RULE)));
        if (byMeaning) {
            table.row(
                    "near ones merged",
                    Figures.count(counts.afterClusters()),
                    Figures.count(count(normalised, Merge.Step.CLUSTER)));
            table.row(
                    "rare ones attached",
                    Figures.count(counts.afterClusters()),
                    Figures.count(count(normalised, Merge.Step.RARE)));
        }
        table.print(io.out());
        io.out().println();
        io.out()
                .println("The vocabulary knows " + Figures.count(counts.covered()) + " of the "
                        + Figures.count(counts.occurrences()) + " tags written ("
                        + Figures.percent(counts.covered() / (double) counts.occurrences()) + ")");
    }

    private static ObjectNode json(Normalised normalised) {
        Normalised.Counts counts = normalised.counts();
        ObjectNode out = Json.object()
                .put("raw", counts.raw())
                .put("unusable", counts.unusable())
                .put("afterRules", counts.afterRules())
                .put("afterCut", counts.afterCut())
                .put("afterClusters", counts.afterClusters())
                .put("rareAttached", counts.rareAttached())
                .put("occurrences", counts.occurrences())
                .put("covered", counts.covered())
                .put("embedder", normalised.embedder());
        ObjectNode aliases = out.putObject("aliases");
        for (Merge.Step step : Merge.Step.values()) {
            aliases.put(step.label(), count(normalised, step));
        }
        return out;
    }
}
