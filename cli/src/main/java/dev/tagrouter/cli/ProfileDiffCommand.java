package dev.tagrouter.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.profile.ProfileDiff;
import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.Price;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tagrouter profile diff}: what a reviewer of a new profile wants to know. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Says how profile B differs from profile A: settings, models, vocabulary, and the tags whose evidence changed "
                    + "most.",
            "",
            "Profiles with the same id decide the same. Models and tags are matched by name, so profiles of different "
                    + "vocabularies compare too. A name that is built in wins over a folder of that name.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tagrouter profile diff my-profile my-profile-2",
            "  tagrouter profile diff default my-profile --top 30 --json"
        })
final class ProfileDiffCommand implements Callable<Integer> {
    private final Io io;

    @Parameters(index = "0", paramLabel = "A", description = "The old profile: a built-in name, a folder or a zip.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "B", description = "The new profile.")
    private String after = "";

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many changes of evidence to print (default: ${DEFAULT-VALUE}; 0 for all).")
    private int top;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    ProfileDiffCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        if (top < 0) {
            throw new UsageException("--top is " + top + "; give how many changes to print, 0 for all");
        }
        Profile old = ProfilePlace.of(before).profile();
        Profile now = ProfilePlace.of(after).profile();
        ProfileDiff diff = ProfileDiff.between(old, now);
        if (json) {
            Json.print(io.out(), json(old, now, diff));
        } else {
            print(old, now, diff);
        }
        return 0;
    }

    private List<ProfileDiff.Evidence> shown(ProfileDiff diff) {
        return top == 0
                ? diff.evidence()
                : diff.evidence().subList(0, Math.min(top, diff.evidence().size()));
    }

    private void print(Profile old, Profile now, ProfileDiff diff) {
        boolean same = old.id().equals(now.id());
        new TextTable()
                .left("")
                .left("profile")
                .left("id")
                .row("A", old.manifest().name(), old.id())
                .row("B", now.manifest().name(), now.id() + (same ? "  (the same: they decide the same)" : ""))
                .print(io.out());
        if (diff.isEmpty()) {
            io.out().println(same ? "Nothing differs." : "Only the tagger's weights differ.");
        }
        if (!diff.settings().isEmpty()) {
            TextTable table = heading("Settings").left("setting").left("A").left("B");
            diff.settings().forEach(s -> table.row(s.name(), dash(s.before()), dash(s.after())));
            table.print(io.out());
        }
        if (!diff.models().isEmpty()) {
            TextTable table = heading("Models")
                    .left("")
                    .left("set")
                    .left("model")
                    .right("judged")
                    .right("mean quality")
                    .left("USD in, out (A)")
                    .left("USD in, out (B)");
            for (ProfileDiff.Model model : diff.models()) {
                Capability.Summary figures = model.after() == null ? model.before() : model.after();
                table.row(
                        word(model.kind()),
                        model.set(),
                        model.model(),
                        figures == null ? "-" : Figures.count(figures.judged()),
                        figures == null ? "-" : Figures.quality(figures.meanQuality()),
                        price(model.before()),
                        price(model.after()));
            }
            table.print(io.out());
        }
        if (!diff.tags().isEmpty()) {
            TextTable table = heading("Vocabulary: " + Figures.count(diff.tags().size()) + " tags")
                    .left("")
                    .left("tag");
            int rows = top == 0 ? diff.tags().size() : Math.min(top, diff.tags().size());
            diff.tags().subList(0, rows).forEach(tag -> table.row(word(tag.kind()), tag.tag()));
            table.print(io.out());
        }
        if (!diff.evidence().isEmpty()) {
            printEvidence(diff);
        }
    }

    private void printEvidence(ProfileDiff diff) {
        List<ProfileDiff.Evidence> shown = shown(diff);
        TextTable table = heading("Evidence of models in both: "
                        + Figures.count(diff.evidence().size())
                        + (diff.evidence().size() == 1 ? " row differs" : " rows differ")
                        + (shown.size() < diff.evidence().size() ? ", greatest change first" : ""))
                .left("set")
                .left("tag")
                .left("model")
                .right("score A")
                .right("score B")
                .right("change")
                .right("mass A")
                .right("mass B");
        for (ProfileDiff.Evidence row : shown) {
            table.row(
                    row.set(),
                    row.tag(),
                    row.model(),
                    score(row.before().score()),
                    score(row.after().score()),
                    score(row.gain()),
                    mass(row.before().mass()),
                    mass(row.after().mass()));
        }
        table.print(io.out());
    }

    private TextTable heading(String text) {
        io.out().println();
        io.out().println(text);
        return new TextTable();
    }

    private static String score(double value) {
        return String.format(Locale.ROOT, "%+.3f", value);
    }

    private static String mass(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String dash(@Nullable String value) {
        return value == null ? "-" : value;
    }

    private static String word(ProfileDiff.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String price(Capability.@Nullable Summary summary) {
        Price price = summary == null ? null : summary.price();
        return price == null
                ? "-"
                : Figures.price(price.inputUsdPerMillionTokens()) + ", "
                        + Figures.price(price.outputUsdPerMillionTokens());
    }

    private ObjectNode json(Profile old, Profile now, ProfileDiff diff) {
        ObjectNode out = Json.object();
        out.putObject("before").put("name", old.manifest().name()).put("id", old.id());
        out.putObject("after").put("name", now.manifest().name()).put("id", now.id());
        ArrayNode settings = out.putArray("settings");
        diff.settings()
                .forEach(s -> settings.addObject()
                        .put("name", s.name())
                        .put("before", s.before())
                        .put("after", s.after()));
        ArrayNode models = out.putArray("models");
        for (ProfileDiff.Model model : diff.models()) {
            ObjectNode node = models.addObject()
                    .put("change", word(model.kind()))
                    .put("set", model.set())
                    .put("model", model.model());
            node.set("before", summary(model.before()));
            node.set("after", summary(model.after()));
        }
        ArrayNode tags = out.putArray("vocabulary");
        diff.tags()
                .forEach(tag -> tags.addObject().put("change", word(tag.kind())).put("tag", tag.tag()));
        out.put("evidenceRowsChanged", diff.evidence().size());
        ArrayNode evidence = out.putArray("evidence");
        for (ProfileDiff.Evidence row : shown(diff)) {
            ObjectNode node = evidence.addObject()
                    .put("set", row.set())
                    .put("tag", row.tag())
                    .put("model", row.model())
                    .put("change", row.gain());
            node.set("before", row(row.before()));
            node.set("after", row(row.after()));
        }
        return out;
    }

    private static @Nullable ObjectNode summary(Capability.@Nullable Summary summary) {
        if (summary == null) {
            return null;
        }
        ObjectNode node = Json.object().put("judged", summary.judged()).put("meanQuality", summary.meanQuality());
        Price price = summary.price();
        if (price == null) {
            node.putNull("price");
        } else {
            node.putObject("price")
                    .put("input", price.inputUsdPerMillionTokens())
                    .put("output", price.outputUsdPerMillionTokens());
        }
        return node;
    }

    private static ObjectNode row(Capability.Row row) {
        return Json.object()
                .put("win", row.win())
                .put("tie", row.tie())
                .put("loss", row.loss())
                .put("mass", row.mass())
                .put("score", row.score())
                .put("tokens", row.tokens());
    }
}
