package dev.tagrouter.cli;

import dev.tagrouter.core.decision.TradeOffCurve;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.profile.ProfileBundle;
import dev.tagrouter.core.profile.TaggerFiles;
import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.lab.dataset.DataSource;
import dev.tagrouter.lab.dataset.Prices;
import dev.tagrouter.learning.JudgedSet;
import dev.tagrouter.learning.Learner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tagrouter learn}: judgments in, a profile out. */
@Command(
        name = "learn",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Learns a profile from judged queries: how good each model is at each tag, and what theta means.",
            "",
            "The data are one CSV whose column 'text' is the query and whose other columns are models with the quality "
                    + "of their answers, from 0 to 1 (empty: not judged); or a folder with quality.csv (query id, one "
                    + "column a model), queries.jsonl (id, text) and, if known, output_chars.csv (answer lengths).",
            "",
            "Tags come from the tagger. The texts are read three times and not kept. A model without a price is learned, but "
                    + "is no candidate.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tagrouter learn --data examples/judgments.csv --prices examples/prices.csv --out my-profile",
            "  tagrouter route --profile my-profile \"Write a SQL query that ranks customers by revenue\""
        })
final class LearnCommand implements Callable<Integer> {
    private static final int FEW_QUERIES = 50;
    private static final int MOST_NAMES = 10;
    private static final double LEAST_LIKELY_PRICE = 0.001;

    private final Io io;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "A data folder or a CSV; may be given several times, once for each set of models that "
                    + "were judged together. The models of the first are the candidates.")
    private List<Path> data = List.of();

    @Option(names = "--models", split = ",", paramLabel = "M", description = "Models to learn (default: all).")
    private @Nullable List<String> models;

    @Option(
            names = "--prices",
            required = true,
            paramLabel = "FILE",
            description = "Prices in USD per million tokens: a CSV model,input,output, or JSON with an object "
                    + "'prices' of model: [input, output].")
    private Path prices = Path.of("");

    @Option(
            names = "--tie-margin",
            paramLabel = "X",
            defaultValue = "0",
            description = "Qualities that differ by no more tie (default: ${DEFAULT-VALUE}).")
    private double tieMargin;

    @Option(
            names = "--reference",
            paramLabel = "M",
            description = "The model that wins and losses are counted against (default: the dearest).")
    private @Nullable String reference;

    @Option(names = "--out", required = true, paramLabel = "PROFILE", description = "The profile folder to write.")
    private Path out = Path.of("");

    @Option(
            names = "--tagger",
            paramLabel = "DIR",
            description = "A folder of train-tagger, or a profile, whose tagger is used (default: the one of the "
                    + "built-in profile 'default').")
    private @Nullable Path tagger;

    @Option(
            names = "--rename",
            paramLabel = "OLD=NEW",
            description = "Another name for a model, so that one model has one name in all sets; repeatable.")
    private Map<String, String> renames = new LinkedHashMap<>();

    @Option(names = "--name", paramLabel = "N", description = "The profile's name (default: the folder's).")
    private @Nullable String name;

    @Option(
            names = "--licence",
            paramLabel = "TEXT",
            defaultValue = "not stated",
            description = "What the profile may be used for (default: ${DEFAULT-VALUE}).")
    private String licence = "not stated";

    @Option(
            names = "--source",
            paramLabel = "SET=TEXT",
            description = "Where the judgments of a set come from and their licence; repeatable.")
    private Map<String, String> sources = new LinkedHashMap<>();

    @Option(
            names = "--no-stats",
            description = "Do not write stats.bin, the sums that models add needs (no query text is in it).")
    private boolean noStats;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    LearnCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, Price> priced = new HashMap<>(Prices.read(prices));
        renames.forEach((from, to) -> {
            Price price = priced.get(from);
            if (price != null) {
                priced.putIfAbsent(to, price);
            }
        });
        List<JudgedSet> sets = new ArrayList<>();
        for (Path path : data) {
            sets.add(new DataSource(
                            path, models == null ? List.of() : models, renames, priced, tieMargin, reference, sources)
                    .open());
        }
        EmbeddedTagger used = tagger == null ? Profile.builtIn("default").tagger() : TaggerFiles.read(tagger);
        String called = name != null
                ? name
                : String.valueOf(out.toAbsolutePath().normalize().getFileName());
        Learner.Settings settings = new Learner.Settings(
                called, licence, Instant.now().truncatedTo(ChronoUnit.SECONDS), TaggerFiles.id(used));
        Learner.Learned learned;
        try (StepProgress progress = new StepProgress(io, quiet)) {
            learned = new Learner(used, progress).learnWithStatistics(sets, settings);
        } catch (IllegalArgumentException e) {
            throw new FailedException(String.valueOf(e.getMessage()));
        }
        Profile profile = learned.profile();
        ProfileBundle.of(profile, noStats ? null : learned.statistics().toBytes())
                .writeFolder(out);
        report(profile);
        warn(profile, priced.keySet());
        return 0;
    }

    private void report(Profile profile) {
        io.out()
                .printf(
                        "Learned profile %s (%s), written to %s%n",
                        profile.manifest().name(), profile.id(), out);
        for (EvidenceSet set : profile.table().sets()) {
            io.out()
                    .printf(
                            "%nSet %s: %,d queries, %d models, reference %s, ridge penalty %s%n",
                            set.name(),
                            set.queries(),
                            set.capabilities().size(),
                            set.reference(),
                            Figures.price(set.penalty()));
            Capability best = bestSingle(set);
            if (best != null) {
                outcomes(set, best, profile.curve(set.name()));
            }
        }
        io.out().printf("%nTry it: tagrouter route --profile %s \"your query\"%n", out);
    }

    /** What a person would want to know before trusting the profile. */
    private void warn(Profile profile, Set<String> priced) {
        warnOfPricesPerToken(profile);
        Map<String, Optional<Price>> learned = profile.table().models();
        List<String> unpriced = learned.keySet().stream()
                .filter(model -> learned.getOrDefault(model, Optional.empty()).isEmpty())
                .toList();
        if (!unpriced.isEmpty()) {
            List<String> unused = priced.stream()
                    .filter(model -> !learned.containsKey(model))
                    .sorted()
                    .toList();
            io.err()
                    .printf(
                            "tagrouter: no price for %s: learned, but no candidates; add them to %s%s%n",
                            String.join(", ", unpriced),
                            prices,
                            unused.isEmpty() || unused.size() > MOST_NAMES
                                    ? ""
                                    : " (it has prices for " + String.join(", ", unused)
                                            + ", which the data do not name)");
        }
        for (EvidenceSet set : profile.table().sets()) {
            if (Double.isNaN(profile.curve(set.name()).points().getFirst().quality())) {
                io.err()
                        .printf(
                                "tagrouter: set %s has no query on which all candidates were judged, so theta is not calibrated;"
                                        + " judge some queries with all of them%n",
                                set.name());
            }
            if (set.queries() < FEW_QUERIES) {
                io.err()
                        .printf(
                                "tagrouter: set %s has only %,d judged %s, so its figures mean little; judge %d or more%n",
                                set.name(), set.queries(), set.queries() == 1 ? "query" : "queries", FEW_QUERIES);
            }
        }
        io.err().flush();
    }

    private void warnOfPricesPerToken(Profile profile) {
        double dearest = profile.table().models().values().stream()
                .flatMap(Optional::stream)
                .mapToDouble(Price::dearer)
                .max()
                .orElse(0);
        if (dearest > 0 && dearest < LEAST_LIKELY_PRICE) {
            io.err()
                    .printf(
                            "tagrouter: all prices in %s are below %s USD per million tokens: they look like USD per token;"
                                    + " give USD per million tokens%n",
                            prices, Figures.price(LEAST_LIKELY_PRICE));
        }
    }

    private static @Nullable Capability bestSingle(EvidenceSet set) {
        Capability best = null;
        for (Capability capability : set.capabilities()) {
            if (capability.summary().price() != null
                    && (best == null
                            || capability.summary().meanQuality()
                                    > best.summary().meanQuality())) {
                best = capability;
            }
        }
        return best;
    }

    /** What routing would have done on queries held out from the estimates, beside the best single model. */
    private void outcomes(EvidenceSet set, Capability best, TradeOffCurve curve) {
        double quality = best.summary().meanQuality();
        double cost = set.meanCostUsd(best);
        TextTable table = new TextTable()
                .left("on held-out queries")
                .right("quality")
                .right("USD per 1,000 queries")
                .right("quality")
                .right("cost");
        table.row("always " + best.model(), Figures.quality(quality), Figures.usd(1000 * cost), "", "");
        for (TradeOffCurve.Point point : curve.points()) {
            if (point.theta() == -1 || point.theta() == 0 || point.theta() == 1) {
                table.row(
                        "routed at theta " + Figures.theta(point.theta()),
                        Figures.quality(point.quality()),
                        Figures.usd(1000 * point.costUsd()),
                        Figures.change(point.quality() / quality - 1),
                        Figures.change(point.costUsd() / cost - 1));
            }
        }
        table.print(io.out());
        RoutingAdvice.of(set, best, curve).ifPresent(io.out()::println);
    }
}
