package dev.tagrouter.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.core.profile.Manifest;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.scoring.Price;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tagrouter models list}: every model with evidence. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Lists every model a profile has evidence on, set by set.",
            "",
            "A set is a list of queries that its models were judged on together: only within a set do qualities "
                    + "compare. Prices are USD per million tokens. Marks: reference (wins and losses are counted "
                    + "against it), candidate (chosen between when --models is not given), default (answers where "
                    + "evidence does not decide).",
            ""
        })
final class ModelsListCommand implements Callable<Integer> {
    private final Io io;

    @Mixin
    private final ProfileOption profile = new ProfileOption();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    ModelsListCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        Profile loaded = profile.load();
        if (json) {
            Json.print(io.out(), json(loaded));
        } else {
            print(loaded);
        }
        return 0;
    }

    private void print(Profile loaded) {
        TextTable table = new TextTable()
                .left("set")
                .left("model")
                .right("judged")
                .right("mean quality")
                .right("USD in")
                .right("USD out")
                .left("marks");
        for (EvidenceSet set : loaded.table().sets()) {
            for (Capability capability : set.capabilities()) {
                Capability.Summary summary = capability.summary();
                Price price = summary.price();
                table.row(
                        set.name(),
                        summary.model(),
                        Figures.count(summary.judged()),
                        Figures.quality(summary.meanQuality()),
                        price == null ? "-" : Figures.price(price.inputUsdPerMillionTokens()),
                        price == null ? "-" : Figures.price(price.outputUsdPerMillionTokens()),
                        String.join(", ", marks(loaded.manifest(), set, summary)));
            }
        }
        table.print(io.out());
    }

    private static List<String> marks(Manifest manifest, EvidenceSet set, Capability.Summary summary) {
        List<String> marks = new ArrayList<>();
        if (summary.model().equals(set.reference())) {
            marks.add("reference");
        }
        if (manifest.candidates().contains(summary.model())) {
            marks.add("candidate");
        }
        if (summary.model().equals(manifest.defaultModel())) {
            marks.add("default");
        }
        if (summary.price() == null) {
            marks.add("no price");
        }
        return marks;
    }

    private static ObjectNode json(Profile loaded) {
        ObjectNode out = Json.object().put("profile", loaded.id());
        ArrayNode models = out.putArray("models");
        for (EvidenceSet set : loaded.table().sets()) {
            for (Capability capability : set.capabilities()) {
                Capability.Summary summary = capability.summary();
                ObjectNode model = models.addObject()
                        .put("set", set.name())
                        .put("model", summary.model())
                        .put("judged", summary.judged())
                        .put("meanQuality", summary.meanQuality());
                Price price = summary.price();
                if (price == null) {
                    model.putNull("price");
                } else {
                    model.putObject("price")
                            .put("input", price.inputUsdPerMillionTokens())
                            .put("output", price.outputUsdPerMillionTokens());
                }
                model.put("reference", summary.model().equals(set.reference()))
                        .put("candidate", loaded.manifest().candidates().contains(summary.model()))
                        .put("default", summary.model().equals(loaded.manifest().defaultModel()));
            }
        }
        return out;
    }
}
