package dev.tagrouter.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.core.decision.TradeOffCurve;
import dev.tagrouter.core.profile.Manifest;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.EvidenceSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tagrouter profile show}: what a profile says about itself. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Shows a profile: where its evidence comes from, its candidates, and what theta trades.",
            "",
            "The curve gives, for each theta, the mean quality and cost of the decisions on queries held out from "
                    + "learning.",
            ""
        })
final class ProfileShowCommand implements Callable<Integer> {
    private static final int CURVE_ROWS = 11;
    private static final double QUERIES = 1000;

    private final Io io;

    @Mixin
    private final ProfileOption profile = new ProfileOption();

    @Option(names = "--list", description = "Only list the names of the built-in profiles.")
    private boolean list;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    ProfileShowCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        if (list) {
            printBuiltIns(Profile.builtInNames());
            return 0;
        }
        Profile loaded = profile.load();
        if (json) {
            Json.print(io.out(), json(loaded));
        } else {
            print(loaded);
        }
        return 0;
    }

    private void printBuiltIns(List<String> names) {
        if (json) {
            ObjectNode out = Json.object();
            ArrayNode array = out.putArray("builtIn");
            names.forEach(array::add);
            Json.print(io.out(), out);
        } else if (names.isEmpty()) {
            io.out().println("no profiles are built in");
        } else {
            names.forEach(io.out()::println);
        }
    }

    private void print(Profile loaded) {
        Manifest manifest = loaded.manifest();
        new TextTable()
                .left("profile")
                .left(manifest.name())
                .row("id", loaded.id())
                .row("created", manifest.created().toString())
                .row("licence", manifest.licence())
                .row("tagger", manifest.taggerId())
                .row("vocabulary", Figures.count(loaded.table().vocabulary().size()) + " tags")
                .row("scorer", name(manifest))
                .row("theta", Figures.theta(manifest.theta()))
                .row("default model", manifest.defaultModel())
                .row("candidates", String.join(", ", manifest.candidates()))
                .print(io.out());
        io.out().println();
        TextTable sets = new TextTable()
                .left("set")
                .right("queries")
                .right("models")
                .left("reference")
                .left("origin and licence");
        for (EvidenceSet set : loaded.table().sets()) {
            Manifest.Source source = source(manifest, set);
            sets.row(
                    set.name(),
                    Figures.count(set.queries()),
                    Figures.count(set.capabilities().size()),
                    set.reference(),
                    source.origin());
        }
        sets.print(io.out());
        for (EvidenceSet set : loaded.table().sets()) {
            io.out().println();
            io.out().println("What theta trades on set " + set.name() + ":");
            printCurve(loaded.curve(set.name()));
        }
    }

    private void printCurve(TradeOffCurve curve) {
        TextTable table = new TextTable().right("theta").right("quality").right("USD per 1,000 queries");
        for (TradeOffCurve.Point point : thinned(curve.points())) {
            table.row(
                    Figures.theta(point.theta()),
                    Figures.quality(point.quality()),
                    Figures.usd(QUERIES * point.costUsd()));
        }
        table.print(io.out());
    }

    /** A few points that span the curve evenly, both ends among them. */
    private static List<TradeOffCurve.Point> thinned(List<TradeOffCurve.Point> points) {
        if (points.size() <= CURVE_ROWS) {
            return points;
        }
        List<TradeOffCurve.Point> few = new ArrayList<>();
        for (int i = 0; i < CURVE_ROWS; i++) {
            few.add(points.get((int) Math.round(i * (points.size() - 1) / (double) (CURVE_ROWS - 1))));
        }
        return few;
    }

    private static String name(Manifest manifest) {
        return manifest.scorer().name().toLowerCase(Locale.ROOT);
    }

    private static Manifest.Source source(Manifest manifest, EvidenceSet set) {
        return manifest.sources().stream()
                .filter(source -> source.set().equals(set.name()))
                .findFirst()
                .orElse(new Manifest.Source(set.name(), "-"));
    }

    private static ObjectNode json(Profile loaded) {
        Manifest manifest = loaded.manifest();
        ObjectNode out = Json.object()
                .put("name", manifest.name())
                .put("id", loaded.id())
                .put("created", manifest.created().toString())
                .put("licence", manifest.licence())
                .put("tagger", manifest.taggerId())
                .put("vocabularySize", loaded.table().vocabulary().size())
                .put("scorer", name(manifest))
                .put("theta", manifest.theta())
                .put("defaultModel", manifest.defaultModel());
        ArrayNode candidates = out.putArray("candidates");
        manifest.candidates().forEach(candidates::add);
        ArrayNode sets = out.putArray("sets");
        for (EvidenceSet set : loaded.table().sets()) {
            Manifest.Source source = source(manifest, set);
            ObjectNode node = sets.addObject()
                    .put("name", set.name())
                    .put("queries", set.queries())
                    .put("models", set.capabilities().size())
                    .put("reference", set.reference())
                    .put("tieMargin", set.tieMargin())
                    .put("minimumCoverage", set.minimumCoverage())
                    .put("origin", source.origin());
            ArrayNode curve = node.putArray("curve");
            for (TradeOffCurve.Point point : loaded.curve(set.name()).points()) {
                ObjectNode entry = curve.addObject().put("theta", point.theta());
                Json.putFinite(entry, "qualityPerUsd", point.qualityPerUsd());
                Json.putFinite(entry, "quality", point.quality());
                Json.putFinite(entry, "costUsd", point.costUsd());
            }
        }
        return out;
    }
}
