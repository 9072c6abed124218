package dev.tagrouter.cli;

import dev.tagrouter.lab.dataset.BrokenLines;
import dev.tagrouter.lab.tagger.TaggedQueries;
import dev.tagrouter.lab.tagger.TaggedQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --tags} with what is left out of it: the queries that a teacher tagged. */
final class TagsOption {
    @Option(
            names = "--tags",
            required = true,
            paramLabel = "FILE",
            description = "The teacher's tags: JSON Lines with id, text, tags.")
    private Path tags = Path.of("");

    @Option(
            names = "--exclude-sources",
            split = ",",
            paramLabel = "S",
            description = "Sources to leave out; a query's source is its id up to the first colon.")
    private List<String> excluded = List.of();

    @Mixin
    private final BrokenLinesOption brokenLines = new BrokenLinesOption();

    Path file() {
        return tags;
    }

    Set<String> excluded() {
        return new LinkedHashSet<>(excluded);
    }

    List<TaggedQuery> read(Io io) throws IOException {
        BrokenLines broken = brokenLines.start();
        List<TaggedQuery> queries = TaggedQueries.read(tags, excluded(), broken);
        brokenLines.report(io, broken);
        if (queries.isEmpty()) {
            throw new FailedException("'" + tags + "' holds no tagged query; give JSON Lines with id, text, tags");
        }
        return queries;
    }
}
