package dev.tagrouter.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Tag;
import dev.tagrouter.core.tagging.Tags;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tagrouter tag}: what queries are about. */
@Command(
        name = "tag",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Prints the tags of a query, or of every line of standard input.",
            "",
            "Standard input holds one query a line, or JSON Lines with \"text\" and, if wanted, \"id\" (the first "
                    + "line decides which). With --json each is answered by a line "
                    + "{\"id\",\"tags\":[{\"tag\",\"confidence\"}]} in the same order; the id is the given one or "
                    + "the line number.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tagrouter tag \"Translate this poem into English\"",
            "  tagrouter tag --json < queries.txt > tags.jsonl"
        })
final class TagCommand implements Callable<Integer> {
    private static final int LINES_BETWEEN_LOOKS = 1024;

    private final Io io;

    @Parameters(arity = "0..1", paramLabel = "QUERY", description = "The query; without it, standard input is read.")
    private @Nullable String query;

    @Mixin
    private final ProfileOption profile = new ProfileOption();

    @Option(names = "--json", description = "Print JSON, one object a line.")
    private boolean json;

    TagCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        String given = query;
        if (given == null && io.inIsTerminal()) {
            throw new UsageException(
                    "no query given; name one (in quotes) or send queries to standard input, one a line");
        }
        Profile loaded = profile.load();
        if (given == null || given.equals("-")) {
            answerLines(loaded);
        } else {
            answerOne(loaded.tagger().tag(Query.of(given)));
        }
        return 0;
    }

    private void answerOne(Tags tags) {
        if (json) {
            Json.print(io.out(), Json.tags(TextNode.valueOf("1"), tags));
        } else if (tags.statedCount() == 0) {
            io.out().println("no tags");
        } else {
            TextTable table = new TextTable().left("tag").right("confidence");
            tags.stated().forEach(tag -> table.row(tag.name(), Figures.confidence(tag.confidence())));
            table.print(io.out());
        }
    }

    private void answerLines(Profile loaded) throws IOException {
        QueryLines lines = new QueryLines(io.in());
        boolean jsonLines = false;
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (lines.number() == 1) {
                jsonLines = line.stripLeading().startsWith("{");
            }
            if (!jsonLines || !line.isBlank()) {
                JsonNode id = TextNode.valueOf(Long.toString(lines.number()));
                String text = line;
                if (jsonLines) {
                    JsonNode object = object(line, lines.number());
                    id = object.has("id") ? object.get("id") : id;
                    text = object.get("text").textValue();
                }
                print(id, loaded.tagger().tag(Query.of(text)));
            }
            // A reader that went away is no failure, but nobody needs the rest.
            boolean look = lines.drained() || lines.number() % LINES_BETWEEN_LOOKS == 0;
            if (look && io.out().checkError()) {
                return;
            }
        }
    }

    private void print(JsonNode id, Tags tags) {
        if (json) {
            Json.print(io.out(), Json.tags(id, tags));
        } else {
            io.out()
                    .println(id.asText() + "\t"
                            + tags.stated().stream()
                                    .map(TagCommand::withConfidence)
                                    .collect(Collectors.joining(", ")));
        }
    }

    private static String withConfidence(Tag tag) {
        return tag.name() + " " + Figures.confidence(tag.confidence());
    }

    private static JsonNode object(String line, long number) {
        String place = "line " + number + " of standard input ";
        JsonNode node;
        try {
            node = Json.parse(line);
        } catch (JsonProcessingException e) {
            throw new FailedException(place + "is not JSON: " + e.getOriginalMessage()
                    + "; each line needs one object such as {\"id\":\"7\",\"text\":\"...\"}, as the first line has");
        }
        if (!node.isObject() || !node.path("text").isTextual()) {
            throw new FailedException(place + "has no \"text\" with a string; write {\"id\":\"7\",\"text\":\"...\"}");
        }
        JsonNode id = node.path("id");
        if (!id.isMissingNode() && !id.isTextual() && !id.isNumber()) {
            throw new FailedException(place + "has the id " + id + "; give a string or a number, or leave it out");
        }
        return node;
    }
}
