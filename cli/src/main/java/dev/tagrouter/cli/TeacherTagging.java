package dev.tagrouter.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.client.FreeTags;
import dev.tagrouter.client.Teacher;
import dev.tagrouter.client.Usage;
import dev.tagrouter.core.tagging.Aligner;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.lab.dataset.BrokenLines;
import dev.tagrouter.lab.tagger.TaggedQueries;
import dev.tagrouter.lab.tagger.TaggedQuery;
import dev.tagrouter.lab.teacher.TeacherRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** {@code tagrouter tag --teacher}: one query to try, or a file, with what it costs. */
final class TeacherTagging {
    private final Io io;
    private final TeacherOptions options;
    private final ProfileOption profile;
    private final boolean quiet;

    /** @param profile whose vocabulary the teacher's tags are compared with */
    TeacherTagging(Io io, TeacherOptions options, ProfileOption profile, boolean quiet) {
        this.io = io;
        this.options = options;
        this.profile = profile;
        this.quiet = quiet;
    }

    /** Shows what the teacher makes of one query. */
    int one(String query, boolean json) throws IOException {
        TeacherRun.Settings settings = options.settings();
        try (Teacher teacher = options.teacher()) {
            FreeTags answer = teacher.tag(query);
            switch (answer) {
                case FreeTags.Tagged tagged -> print(tagged, json);
                case FreeTags.Failed failed ->
                    throw new FailedException("no tags (" + failed.failure().label() + "): " + failed.detail());
            }
            if (!quiet) {
                io.err().println("tagrouter: " + cost(answer.usage(), settings));
                io.err().flush();
            }
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("interrupted");
        }
    }

    private void print(FreeTags.Tagged tagged, boolean json) {
        if (json) {
            ObjectNode out = Json.object().put("id", "1");
            ArrayNode tags = out.putArray("tags");
            tagged.tags().forEach(tags::add);
            Json.print(io.out(), out);
        } else {
            tagged.tags().forEach(io.out()::println);
        }
    }

    /** Tags a file; 0 when every query has tags, 1 when some do not. */
    int file(Path in, Path out, BrokenLinesOption brokenLines) throws IOException {
        TeacherRun.Settings settings = options.settings();
        BrokenLines broken = brokenLines.start();
        // Read before the run: a mistyped profile should not show after hours of paid calls.
        Vocabulary vocabulary = profile.load().table().vocabulary();
        TeacherRun.Outcome outcome;
        try (Teacher teacher = options.teacher();
                TeacherProgress progress = new TeacherProgress(io, quiet, used -> cost(used, settings))) {
            outcome = new TeacherRun(teacher, settings, progress).run(in, out, broken);
        }
        brokenLines.report(io, broken);
        report(outcome, out, settings);
        if (outcome.before() + outcome.tagged() > 0) {
            reportUnknown(out, vocabulary);
        }
        long missing = outcome.queries() - outcome.before() - outcome.tagged();
        if (missing > 0) {
            String why = outcome.stopped() == null ? "" : "stopped: " + outcome.stopped() + "; ";
            throw new FailedException(why + Figures.count(missing) + " of " + Figures.count(outcome.queries())
                    + " queries have no tags; run the same command again to ask for these"
                    + (outcome.failures().isEmpty() ? "" : "; " + outcome.failureFile() + " says what came instead"));
        }
        return 0;
    }

    private void report(TeacherRun.Outcome outcome, Path out, TeacherRun.Settings settings) {
        PrintWriter to = io.out();
        if (outcome.repaired()) {
            to.println("A torn last line of an earlier run was taken off " + out);
        }
        to.println("Tagged " + Figures.count(outcome.tagged()) + " of " + Figures.count(outcome.queries())
                + " queries, written to " + out
                + (outcome.before() > 0 ? "; earlier runs had tagged " + Figures.count(outcome.before()) : ""));
        to.println("This run: " + cost(outcome.usage(), settings));
        if (!outcome.failures().isEmpty()) {
            TextTable table = new TextTable().left("failed").right("queries").left("ids");
            outcome.failures().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> table.row(
                            entry.getKey().label(),
                            Figures.count(entry.getValue().count()),
                            String.join(", ", entry.getValue().firstIds())
                                    + (entry.getValue().count()
                                                    > entry.getValue()
                                                            .firstIds()
                                                            .size()
                                            ? ", ..."
                                            : "")));
            table.print(to);
        }
        to.flush();
    }

    /** What the vocabulary does not know of everything tagged so far: what it could grow by. */
    private void reportUnknown(Path out, Vocabulary vocabulary) throws IOException {
        Aligner aligner = Aligner.exact(vocabulary);
        long written = 0;
        long unknown = 0;
        Set<String> distinct = new HashSet<>();
        for (TaggedQuery query : TaggedQueries.read(out, Set.of(), new BrokenLines(BrokenLines.Policy.SKIP))) {
            for (String tag : query.tags()) {
                written++;
                if (aligner.indexOf(tag).isEmpty()) {
                    unknown++;
                    distinct.add(tag);
                }
            }
        }
        io.out()
                .println(Figures.count(unknown) + " of " + Figures.count(written) + " tags ("
                        + Figures.count(distinct.size()) + " different ones) are not in the profile's vocabulary"
                        + (unknown > 0
                                ? "; tagrouter vocabulary grow --tags " + out + " says what to do with them"
                                : ""));
        io.out().flush();
    }

    private String cost(Usage used, TeacherRun.Settings settings) {
        String tokens =
                Figures.count(used.inputTokens()) + " tokens in, " + Figures.count(used.outputTokens()) + " out";
        return options.hasPrice() ? tokens + ", " + Figures.usd(settings.usd(used)) + " USD" : tokens;
    }
}
