package dev.tagrouter.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.profile.ProfileBundle;
import dev.tagrouter.core.scoring.CandidatePool;
import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.lab.dataset.DataSource;
import dev.tagrouter.learning.JudgedSet;
import dev.tagrouter.learning.ModelAdder;
import dev.tagrouter.learning.Statistics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tagrouter models add}: judgments of a new model in, one new column out. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Adds a model to a profile: its judgments become one new column. Nothing is trained again, and no other "
                    + "model's column changes.",
            "",
            "The data are those of tagrouter learn: a CSV with the columns 'text' and NAME, or a data folder. Where at "
                    + "least half of its judgments are on queries of one of the profile's sets, the model joins that set. "
                    + "Elsewhere it needs a model of the profile beside it that was judged on the same queries, by which "
                    + "the two compare; --set joins whatever the share.",
            "",
            "What a few queries say of a model is mostly luck, so one judged on few of a set's queries is expected to do "
                    + "as the set's other models do, until its judgments say otherwise: of nine models, each the new one "
                    + "in turn, 25 judgments left the quality of routing as it was, 400 raised it by half of what all bring.",
            "",
            "Where the data judge every priced model of the set on at least half of its queries, theta is calibrated "
                    + "again; elsewhere it stays, and the output says so. With a column for the set's reference, wins and "
                    + "losses are counted too. --no-candidate keeps a model out of decisions.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tagrouter models add new-model --data new.csv --price 0.5,1.5 --profile my-profile --out my-profile-2",
            "  tagrouter profile diff my-profile my-profile-2"
        })
final class ModelsAddCommand implements Callable<Integer> {
    private static final int FEW_JUDGMENTS = 25;

    /** So many brought half of what all bring (docs/benchmarks/evaluation.md). */
    private static final int ENOUGH_JUDGMENTS = 400;

    private final Io io;

    @Parameters(paramLabel = "NAME", description = "The model: its column in the data, and its name in the profile.")
    private String model = "";

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "A data folder or a CSV.")
    private Path data = Path.of("");

    @Mixin
    private final ProfileOption profile = new ProfileOption();

    @Option(names = "--out", required = true, paramLabel = "Q", description = "The profile folder to write.")
    private Path out = Path.of("");

    @Mixin
    private final PriceOptions prices = new PriceOptions();

    @Option(
            names = "--set",
            paramLabel = "S",
            description =
                    "The set it joins, however few of its judgments are on the set's queries (default: the one that "
                            + "at least half of them are on).")
    private @Nullable String set;

    @Option(
            names = "--rename",
            paramLabel = "OLD=NEW",
            description = "Another name for a column of the data; repeatable.")
    private Map<String, String> renames = new LinkedHashMap<>();

    @Option(names = "--source", paramLabel = "TEXT", description = "Where the judgments come from and their licence.")
    private @Nullable String source;

    @Option(names = "--no-candidate", description = "Only keep its evidence; choose it only when a request names it.")
    private boolean noCandidate;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    ModelsAddCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        ProfileBundle bundle = profile.named().bundleFor(out);
        Statistics statistics = Statistics.of(bundle);
        Price price = prices.of(model);
        if (price == null) {
            price = bundle.profile()
                    .table()
                    .models()
                    .getOrDefault(model, Optional.empty())
                    .orElse(null);
        }
        JudgedSet judged = new DataSource(data, List.of(), renames, Map.of(), 0, null, Map.of()).open();
        ModelAdder.Added added;
        try (StepProgress progress = new StepProgress(io, quiet)) {
            added = new ModelAdder(progress)
                    .add(
                            bundle.profile(),
                            statistics,
                            judged,
                            new ModelAdder.Request(model, price, set, !noCandidate, source));
        } catch (IllegalArgumentException e) {
            throw new FailedException(String.valueOf(e.getMessage()));
        }
        ProfileBundle.of(added.profile(), added.statistics().toBytes()).writeFolder(out);
        if (json) {
            Json.print(io.out(), json(added));
        } else {
            report(bundle.profile(), added);
        }
        warn(added, price != null);
        return 0;
    }

    private static EvidenceSet set(ModelAdder.Added added) {
        return added.profile().table().sets().stream()
                .filter(other -> other.name().equals(added.set()))
                .findFirst()
                .orElseThrow();
    }

    private Capability.Summary summary(ModelAdder.Added added) {
        return Objects.requireNonNull(set(added).find(model)).summary();
    }

    private static double standardError(Capability.Summary summary) {
        return Math.sqrt(summary.residualVariance() / Math.max(1, summary.judged()));
    }

    private void report(Profile before, ModelAdder.Added added) {
        Profile after = added.profile();
        Capability.Summary summary = summary(added);
        io.out()
                .printf(
                        "Added %s to set %s of profile %s (%s, was %s), written to %s%n%n",
                        model, added.set(), after.manifest().name(), after.id(), before.id(), out);
        TextTable table = new TextTable()
                .left("model")
                .right("judged")
                .right("mean quality")
                .right("standard error")
                .left("");
        row(table, summary, "new");
        String defaultModel = after.manifest().defaultModel();
        Capability other = set(added).find(defaultModel);
        if (other != null) {
            row(table, other.summary(), "default");
        }
        table.print(io.out());
        io.out().println();
        io.out().println(where(added));
        io.out().println(theta(before, added));
        io.out()
                .printf(
                        "See what changed: tagrouter profile diff %s %s%n",
                        profile.named().name(), out);
    }

    private static void row(TextTable table, Capability.Summary summary, String mark) {
        table.row(
                summary.model(),
                Figures.count(summary.judged()),
                Figures.quality(summary.meanQuality()),
                Figures.quality(standardError(summary)),
                mark);
    }

    private static String where(ModelAdder.Added added) {
        if (added.linked()) {
            return "No set of the profile holds half of its queries, so they are a set of their own, linked by "
                    + String.join(", ", added.alongside()) + ".";
        }
        return (added.sharesGram()
                        ? "It was judged on the same queries as other models of the set."
                        : "It was judged on a part of the set's queries.")
                + (added.leftOut() == 0
                        ? ""
                        : " " + Figures.count(added.leftOut())
                                + " judgments on queries that are not the set's were left out.");
    }

    private String theta(Profile before, ModelAdder.Added added) {
        return switch (added.theta()) {
            case CALIBRATED_AGAIN ->
                "Theta was calibrated again, with the new model among the candidates; the set's penalty is kept.";
            case KEPT ->
                "Theta is kept, not calibrated again: a theta still means the same price of quality, but what it was measured%n"
                                .formatted()
                        + "to win and cost was without the new model and is struck out. To calibrate again, give data that%n"
                                .formatted()
                        + "judge all priced models of the set."
                        + coverage(minimumCoverage(before), minimumCoverage(added.profile()));
            case UNTOUCHED ->
                before.manifest().candidates().contains(model)
                        ? "It was a candidate already; theta is kept, and was measured without these judgments."
                        : "It is no candidate, so decisions that do not name it stay as they are.";
        };
    }

    private static String coverage(double before, double now) {
        return before == now
                ? ""
                : " Coverage counts as low below " + Figures.quality(now) + " (was " + Figures.quality(before) + ").";
    }

    private static double minimumCoverage(Profile profile) {
        return CandidatePool.over(profile.table(), profile.candidates()).base().minimumCoverage();
    }

    private void warn(ModelAdder.Added added, boolean priced) {
        if (!priced) {
            io.err()
                    .printf(
                            "tagrouter: %s has no price: learned, but no candidate; add it with --price IN,OUT%n",
                            model);
        }
        if (added.judged() < FEW_JUDGMENTS) {
            io.err()
                    .printf(
                            "tagrouter: %s has only %d judgments in the profile, so its figures mean little; judge %d or more%n",
                            model, added.judged(), ENOUGH_JUDGMENTS);
        } else if (isKnownTooLittle(added)) {
            io.err()
                    .printf(
                            added.linked()
                                    ? "tagrouter: %s has %d judgments, %s far more: a linked model known so little can cost more quality than it brings; judge %d or more, or keep it out of decisions until then with --no-candidate%n"
                                    : "tagrouter: %s has %d judgments, %s far more: until it has more, such as %d, it is expected to do much as the other models of the set do%n",
                            model,
                            added.judged(),
                            added.profile().manifest().defaultModel(),
                            ENOUGH_JUDGMENTS);
        }
        if (!added.outcomesCounted()) {
            io.err()
                    .printf(
                            "tagrouter: the data do not judge the reference %s, so wins and losses are not counted (only the published scorer needs them)%n",
                            set(added).reference());
        }
        io.err().flush();
    }

    private boolean isKnownTooLittle(ModelAdder.Added added) {
        Capability known = set(added).find(added.profile().manifest().defaultModel());
        return added.judged() < ENOUGH_JUDGMENTS
                && known != null
                && 2 * added.judged() < known.summary().judged()
                && added.profile().manifest().candidates().contains(model);
    }

    private ObjectNode json(ModelAdder.Added added) {
        Capability.Summary summary = summary(added);
        ObjectNode node = Json.object()
                .put("model", model)
                .put("profile", added.profile().id())
                .put("set", added.set())
                .put("linked", added.linked())
                .put("judged", added.judged())
                .put("leftOut", added.leftOut())
                .put("meanQuality", summary.meanQuality())
                .put("standardError", standardError(summary))
                .put("candidate", added.profile().manifest().candidates().contains(model))
                .put("theta", added.theta().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("minimumCoverage", minimumCoverage(added.profile()))
                .put("outcomesCounted", added.outcomesCounted());
        added.alongside().forEach(node.putArray("alongside")::add);
        return node;
    }
}
