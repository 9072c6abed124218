package dev.tagrouter.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.core.profile.VocabularyFiles;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.lab.vocabulary.Growth;
import dev.tagrouter.lab.vocabulary.Growth.Kind;
import dev.tagrouter.lab.vocabulary.Growth.Proposal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tagrouter vocabulary grow}: what a vocabulary could learn from tags that it does not know. */
@Command(
        name = "grow",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Lists the free tags that a vocabulary does not know, by frequency, and proposes what to do with each: make it "
                    + "an alias of a tag that is spelt alike or very near by meaning, make it a new tag, or leave it for now. Queries whose split is 'test' are not looked at.",
            "",
            "With --out the grown vocabulary is written as DIR/vocabulary.tsv. A tagger has to be trained on it before it "
                    + "writes the new tags; aliases count at once where free tags are aligned.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tagrouter vocabulary grow --tags new.jsonl --profile my-profile",
            "  tagrouter vocabulary grow --tags new.jsonl --vocabulary my-vocabulary --least 20 --out my-vocabulary-2",
            "  tagrouter train-tagger --tags all.jsonl --vocabulary my-vocabulary-2 --out my-tagger"
        })
final class VocabularyGrowCommand implements Callable<Integer> {
    private final Io io;

    @Mixin
    private final TagsOption tags = new TagsOption();

    @Mixin
    private final VocabularyOption vocabulary = new VocabularyOption();

    @Option(
            names = "--least",
            paramLabel = "N",
            defaultValue = "5",
            description = "A tag of its own needs this many queries (default: ${DEFAULT-VALUE}).")
    private long least;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many tags to print (default: ${DEFAULT-VALUE}; 0 for all).")
    private int top;

    @Option(names = "--no-embeddings", description = "Propose aliases by spelling rules only.")
    private boolean withoutEmbeddings;

    @Option(names = "--out", paramLabel = "DIR", description = "Write the grown vocabulary.tsv into this folder.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print one JSON object, with all tags.")
    private boolean json;

    VocabularyGrowCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        if (least < 1 || top < 0) {
            throw new UsageException("--least is " + least + " and --top " + top + "; give 1 or more, and 0 or more");
        }
        Vocabulary known = vocabulary.load();
        Growth growth =
                new Growth(known, withoutEmbeddings ? null : Embedders.installedOrSaid(io), Embedders.cache(), least);
        List<Proposal> proposals = growth.proposals(
                tags.read(io).stream().filter(query -> !query.test()).toList());
        Path written = out == null ? null : VocabularyFiles.write(out, growth.grown(proposals));
        if (json) {
            Json.print(io.out(), json(proposals));
        } else {
            print(known, proposals);
            if (written != null) {
                io.out().println("Written to " + written);
            }
        }
        return 0;
    }

    private void print(Vocabulary known, List<Proposal> proposals) {
        int shown = top == 0 ? proposals.size() : Math.min(top, proposals.size());
        TextTable table = new TextTable()
                .left("unknown tag")
                .right("queries")
                .left("nearest")
                .right("cosine")
                .left("proposal");
        for (Proposal proposal : proposals.subList(0, shown)) {
            table.row(
                    proposal.tag(),
                    Figures.count(proposal.frequency()),
                    proposal.nearest(),
                    Double.isNaN(proposal.cosine()) ? "" : Figures.confidence(proposal.cosine()),
                    words(proposal));
        }
        if (shown > 0) {
            table.print(io.out());
            io.out().println();
        }
        io.out()
                .println(Figures.count(proposals.size()) + " tags are not among the " + Figures.count(known.size())
                        + " of the vocabulary: " + Figures.count(count(proposals, Kind.ALIAS)) + " aliases, "
                        + Figures.count(count(proposals, Kind.NEW_TAG)) + " new tags, "
                        + Figures.count(count(proposals, Kind.TOO_RARE)) + " too rare"
                        + (shown < proposals.size() ? "; --top 0 lists all" : ""));
    }

    private static long count(List<Proposal> proposals, Kind kind) {
        return proposals.stream().filter(proposal -> proposal.kind() == kind).count();
    }

    private static String words(Proposal proposal) {
        return switch (proposal.kind()) {
            case ALIAS -> "alias of " + proposal.nearest();
            case NEW_TAG -> "new tag";
            case TOO_RARE -> "too rare";
        };
    }

    private static ObjectNode json(List<Proposal> proposals) {
        ObjectNode out = Json.object();
        ArrayNode list = out.putArray("unknown");
        for (Proposal proposal : proposals) {
            ObjectNode node = list.addObject().put("tag", proposal.tag()).put("frequency", proposal.frequency());
            ArrayNode spellings = node.putArray("spellings");
            proposal.spellings().forEach(spellings::add);
            node.put("nearest", proposal.nearest().isEmpty() ? null : proposal.nearest());
            Json.putFinite(node, "cosine", proposal.cosine());
            node.put("proposal", words(proposal).replaceFirst(" of .*", "").replace(' ', '-'));
        }
        return out;
    }
}
