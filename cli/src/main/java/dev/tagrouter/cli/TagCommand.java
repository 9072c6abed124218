package dev.tagrouter.cli;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Tagger;
import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.lab.dataset.BrokenLines;
import dev.tagrouter.lab.dataset.ByteLines;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tagrouter tag}: what queries are about, by the profile's tagger or by a teacher. */
@Command(
        name = "tag",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Prints the tags of a query, or of every line of standard input or a file.",
            "",
            "Lines hold one query each, or are JSON Lines with \"text\", or \"messages\" as a chat request "
                    + "has them, and, if wanted, \"id\" (the first line decides which). With --json each is answered by a line {\"id\",\"tags\":[{\"tag\",\"confidence\"}]} in the "
                    + "same order, on all cores; the id is the given one or the line number.",
            "",
            "With --teacher a model behind OpenAI's chat completions writes free tags instead, to train a tagger on. "
                    + "--in and --out are JSON Lines with id and text; --out gets each line with its tags as they come. "
                    + "A run that was cut off goes on where it was when started again.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tagrouter tag \"Translate this poem into English\"",
            "  tagrouter tag --json < queries.txt > tags.jsonl",
            "  tagrouter tag --in queries.jsonl --out tags.jsonl",
            "  tagrouter tag --teacher http://127.0.0.1:11434/v1 --model qwen3:8b --in queries.jsonl --out teacher.jsonl",
            "  tagrouter tag --teacher https://api.openai.com/v1 --model gpt-4.1-mini --key-env OPENAI_API_KEY \\",
            "      --price 0.4,1.6 --budget 5 --in queries.jsonl --out teacher.jsonl"
        })
final class TagCommand implements Callable<Integer> {
    private final Io io;

    @Parameters(arity = "0..1", paramLabel = "QUERY", description = "The query; without it, lines are read.")
    private @Nullable String query;

    @Mixin
    private final ProfileOption profile = new ProfileOption();

    @Option(names = "--json", description = "Print JSON, one object a line.")
    private boolean json;

    @Option(names = "--in", paramLabel = "FILE", description = "Read queries from here instead of standard input.")
    private @Nullable Path in;

    @Option(names = "--out", paramLabel = "FILE", description = "Write JSON Lines here instead of standard output.")
    private @Nullable Path out;

    @Mixin
    private final BrokenLinesOption brokenLines = new BrokenLinesOption();

    @Option(names = "--quiet", description = "Show no progress and no rate.")
    private boolean quiet;

    @Mixin
    private final TeacherOptions teacher = new TeacherOptions();

    TagCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        if (teacher.printsPrompt()) {
            io.out().print(teacher.builtInPrompt());
            return 0;
        }
        String given = query;
        boolean single = given != null && !given.equals("-");
        if (single && (in != null || out != null)) {
            throw new UsageException("a query and --in or --out are both given; give one of them");
        }
        if (teacher.isGiven()) {
            TeacherTagging tagging = new TeacherTagging(io, teacher, profile, quiet);
            return single && given != null
                    ? tagging.one(given, json)
                    : tagging.file(
                            required(in, "--in", "JSON Lines with id and text"),
                            required(out, "--out", "the file that tags are appended to"),
                            brokenLines);
        }
        teacher.requireNothingElse();
        if (given == null && in == null && io.inIsTerminal()) {
            throw new UsageException(
                    "no query given; name one (in quotes), or send queries to standard input, one a line, or give --in");
        }
        Tagger tagger = profile.load().tagger();
        if (single && given != null) {
            answerOne(tagger.tag(Query.of(given)));
        } else {
            answerLines(tagger);
        }
        return 0;
    }

    private static Path required(@Nullable Path path, String option, String what) {
        if (path == null) {
            throw new UsageException(
                    option + " is missing; with --teacher give " + option + " FILE, " + what + ", or one query to try");
        }
        return path;
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

    private void answerLines(Tagger tagger) throws IOException {
        Path from = in;
        if (from == null) {
            answerLines(tagger, new ByteLines(io.in(), "standard input"));
            return;
        }
        if (!Files.isRegularFile(from)) {
            throw new FailedException("--in '" + from + "' is no file; give one with a query a line, or JSON Lines");
        }
        try (InputStream file = Files.newInputStream(from)) {
            answerLines(tagger, new ByteLines(file, from.toString()));
        }
    }

    private void answerLines(Tagger tagger, ByteLines lines) throws IOException {
        Path to = out;
        BrokenLines broken = brokenLines.start();
        int cores = Runtime.getRuntime().availableProcessors();
        BulkTagging bulk = new BulkTagging(tagger, json || to != null, broken, cores);
        long start = System.nanoTime();
        long queries;
        boolean told = !quiet && (in != null || to != null);
        try (ProgressDisplay progress = new ProgressDisplay(io, "tagging", 0, !told)) {
            queries = to == null ? bulk.run(lines, io.out(), progress::at) : toFile(bulk, lines, to, progress);
        }
        io.out().flush();
        brokenLines.report(io, broken);
        if (told) {
            double seconds = (System.nanoTime() - start) / 1e9;
            io.err()
                    .println("tagrouter: tagged " + Figures.count(queries) + " queries in "
                            + Figures.seconds(seconds) + " s, " + Figures.count(Math.round(queries / seconds))
                            + " a second on " + cores + " cores");
            io.err().flush();
        }
    }

    /** A file is there when it is whole. */
    private static long toFile(BulkTagging bulk, ByteLines lines, Path to, ProgressDisplay progress)
            throws IOException {
        Path part = to.resolveSibling(to.getFileName() + ".part");
        try {
            long queries;
            try (PrintWriter writer = Io.writer(Files.newOutputStream(part))) {
                queries = bulk.run(lines, writer, progress::at);
                if (writer.checkError()) {
                    throw new FailedException("'" + part + "' could not be written; is the disk full?");
                }
            }
            Files.move(part, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return queries;
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
