package dev.tagrouter.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.profile.ProfileBundle;
import dev.tagrouter.learning.ModelRemover;
import dev.tagrouter.learning.Statistics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tagrouter models remove}: a profile without one model. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Removes a model from a profile: its column goes from every set, and no other model's column changes.",
            "",
            "The default model and the last candidate go only when --default-model says who takes their place. The "
                    + "reference of a set stays, since the others' wins and losses are counted against it; to only stop "
                    + "choosing a model, see tagrouter profile edit --candidates.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tagrouter models remove old-model --profile my-profile --out my-profile-2",
            "  tagrouter models remove best-model --default-model other-model --profile my-profile --out my-profile-2"
        })
final class ModelsRemoveCommand implements Callable<Integer> {
    private final Io io;

    @Parameters(paramLabel = "NAME", description = "The model to remove.")
    private String model = "";

    @Mixin
    private final ProfileOption profile = new ProfileOption();

    @Option(names = "--out", required = true, paramLabel = "Q", description = "The profile folder to write.")
    private Path out = Path.of("");

    @Option(names = "--default-model", paramLabel = "M", description = "The default model from now on.")
    private @Nullable String defaultModel;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    ModelsRemoveCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        ProfileBundle bundle = profile.named().bundleFor(out);
        Statistics statistics = bundle.statistics() == null ? null : Statistics.of(bundle);
        ModelRemover.Removed removed;
        try {
            removed = ModelRemover.remove(bundle.profile(), statistics, model, defaultModel);
        } catch (IllegalArgumentException e) {
            throw new FailedException(String.valueOf(e.getMessage()));
        }
        Statistics rest = removed.statistics();
        ProfileBundle.of(removed.profile(), rest == null ? null : rest.toBytes())
                .writeFolder(out);
        if (json) {
            ObjectNode node = Json.object()
                    .put("model", model)
                    .put("profile", removed.profile().id())
                    .put("defaultModel", removed.profile().manifest().defaultModel())
                    .put("wasCandidate", removed.wasCandidate());
            removed.sets().forEach(node.putArray("sets")::add);
            Json.print(io.out(), node);
        } else {
            report(bundle.profile(), removed);
        }
        return 0;
    }

    private void report(Profile before, ModelRemover.Removed removed) {
        Profile after = removed.profile();
        io.out()
                .printf(
                        "Removed %s from %s %s of profile %s (%s, was %s), written to %s%n",
                        model,
                        removed.sets().size() == 1 ? "set" : "sets",
                        String.join(", ", removed.sets()),
                        after.manifest().name(),
                        after.id(),
                        before.id(),
                        out);
        io.out()
                .println(
                        removed.wasCandidate()
                                ? "Theta is kept, not calibrated again: a theta still means the same price of quality, but what it was measured%n"
                                                .formatted()
                                        + "to win and cost was with this model and is struck out."
                                : "It was no candidate, so decisions that do not name it stay as they are.");
        io.out().printf("Default model: %s%n", after.manifest().defaultModel());
    }
}
