package dev.tagrouter.cli;

import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.profile.ProfileBundle;
import dev.tagrouter.core.profile.ProfileDiff;
import dev.tagrouter.core.profile.ProfileEdit;
import dev.tagrouter.core.profile.UnsealedProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tagrouter profile edit}: a profile changed by hand, and sealed again. */
@Command(
        name = "edit",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Changes a profile by hand: what a tag says about a model, prices, candidates, the default, theta.",
            "",
            "Either with options, into another folder (--out); or in an editor: change the .tsv files and "
                    + "manifest.properties of a profile folder, then seal it (--seal), which checks every value and "
                    + "computes checksums and id again, in place. A profile is written whole or not at all.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tagrouter profile edit my-profile --set-score \"sql\" code-model 0.3 --out my-profile-2",
            "  tagrouter profile edit my-profile --price code-model=1,2 --theta 0.2 --out my-profile-2",
            "  tagrouter profile edit my-profile --candidates code-model,small-model --default-model small-model --out q",
            "  tagrouter profile edit my-profile --seal"
        })
final class ProfileEditCommand implements Callable<Integer> {
    private static final int PARTS_OF_A_SCORE = 3;

    private final Io io;

    @Parameters(paramLabel = "P", description = "The profile: a built-in name, a folder or a zip.")
    private String profile = "";

    @Option(names = "--out", paramLabel = "Q", description = "The profile folder to write.")
    private @Nullable Path out;

    @Option(
            names = "--seal",
            description = "Check a folder changed in an editor, and seal it in place (or into --out).")
    private boolean seal;

    @Option(
            names = "--set-score",
            arity = "3",
            paramLabel = "TAG MODEL VALUE",
            hideParamSyntax = true,
            description = "The quality that a tag adds to what is expected of a model, from -1 to 1; repeatable.")
    private List<String> scores = List.of();

    @Option(
            names = "--set",
            paramLabel = "S",
            description = "The set that --set-score means, where a model is in several.")
    private @Nullable String set;

    @Option(
            names = "--price",
            paramLabel = "MODEL=IN,OUT",
            description = "A model's price in USD per million input and output tokens; repeatable.")
    private Map<String, String> prices = new LinkedHashMap<>();

    @Option(names = "--candidates", split = ",", paramLabel = "M", description = "The models chosen between.")
    private @Nullable List<String> candidates;

    @Option(names = "--default-model", paramLabel = "M", description = "Who answers where evidence does not decide.")
    private @Nullable String defaultModel;

    @Option(names = "--theta", paramLabel = "X", description = "The theta of requests that name none.")
    private @Nullable Double theta;

    @Option(names = "--name", paramLabel = "N", description = "The profile's name.")
    private @Nullable String name;

    @Option(names = "--licence", paramLabel = "TEXT", description = "What the profile may be used for.")
    private @Nullable String licence;

    @Option(names = "--json", description = "Print the changes as one JSON object.")
    private boolean json;

    ProfileEditCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        ProfilePlace place = ProfilePlace.of(profile);
        if (seal) {
            return seal(place);
        }
        Path target = out;
        if (target == null) {
            throw new UsageException("--out is missing; name the folder to write"
                    + " (or give --seal, for a folder that was changed in an editor)");
        }
        ProfileBundle bundle = place.bundleFor(target);
        Profile changed;
        try {
            changed = edited(bundle.profile());
        } catch (IllegalArgumentException e) {
            throw new FailedException(String.valueOf(e.getMessage()));
        }
        bundle.with(changed).writeFolder(target);
        report(bundle.profile().id(), changed, ProfileDiff.between(bundle.profile(), changed), target);
        return 0;
    }

    private Profile edited(Profile original) {
        ProfileEdit edit = new ProfileEdit(original);
        for (int i = 0; i + PARTS_OF_A_SCORE <= scores.size(); i += PARTS_OF_A_SCORE) {
            edit.score(scores.get(i), scores.get(i + 1), set, number("--set-score", scores.get(i + 2)));
        }
        prices.forEach((model, price) -> edit.price(model, PriceOptions.parse("--price " + model, price)));
        if (candidates != null) {
            edit.candidates(candidates);
        }
        if (defaultModel != null) {
            edit.defaultModel(defaultModel);
        }
        if (theta != null) {
            edit.theta(theta);
        }
        if (name != null) {
            edit.name(name);
        }
        if (licence != null) {
            edit.licence(licence);
        }
        return edit.apply();
    }

    private static double number(String option, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new UsageException(
                    option + " '" + text + "' is not a number; give TAG MODEL VALUE, such as sql code-model 0.3");
        }
    }

    private int seal(ProfilePlace place) throws IOException {
        boolean edits = !scores.isEmpty()
                || !prices.isEmpty()
                || candidates != null
                || defaultModel != null
                || theta != null
                || name != null
                || licence != null;
        if (edits) {
            throw new UsageException("--seal is given with other changes; seal first, then change");
        }
        Path folder = place.folder();
        UnsealedProfile unsealed = UnsealedProfile.read(folder);
        Path target = out == null ? folder : out;
        unsealed.bundle().writeFolder(target);
        Profile sealed = unsealed.bundle().profile();
        if (json) {
            var node = Json.object().put("before", unsealed.recordedId()).put("after", sealed.id());
            unsealed.changedFiles().forEach(node.putArray("changedFiles")::add);
            Json.print(io.out(), node);
        } else if (unsealed.changedFiles().isEmpty()) {
            io.out().printf("Sealed %s (%s): nothing that decides had changed.%n", target, sealed.id());
        } else {
            io.out()
                    .printf(
                            "Sealed %s (%s, was %s): %s changed.%n",
                            target, sealed.id(), unsealed.recordedId(), String.join(", ", unsealed.changedFiles()));
        }
        return 0;
    }

    private void report(String before, Profile changed, ProfileDiff diff, Path target) {
        if (json) {
            var node = Json.object().put("before", before).put("after", changed.id());
            node.put("settings", diff.settings().size())
                    .put("models", diff.models().size())
                    .put("evidence", diff.evidence().size());
            Json.print(io.out(), node);
            return;
        }
        io.out()
                .printf(
                        "Changed %d %s, %d %s, %d %s of evidence: profile %s (%s, was %s), written to %s%n",
                        diff.settings().size(),
                        diff.settings().size() == 1 ? "setting" : "settings",
                        diff.models().size(),
                        diff.models().size() == 1 ? "model" : "models",
                        diff.evidence().size(),
                        diff.evidence().size() == 1 ? "row" : "rows",
                        changed.manifest().name(),
                        changed.id(),
                        before,
                        target);
        if (diff.settings().stream().anyMatch(setting -> setting.name().endsWith("theta measured"))) {
            io.out()
                    .println(
                            "A theta still means the same price of quality; what it was measured to win and cost was at other"
                                    + " prices or with other candidates and is struck out.");
        }
        io.out().printf("See what changed: tagrouter profile diff %s %s%n", profile, target);
    }
}
