package dev.tagrouter.cli;

import dev.tagrouter.core.Router;
import dev.tagrouter.core.Routing;
import dev.tagrouter.core.decision.Constraints;
import dev.tagrouter.core.decision.Decision;
import dev.tagrouter.core.profile.Manifest.ScorerKind;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.Candidate;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.gateway.api.RoutingJson;
import dev.tagrouter.gateway.config.NearestName;
import dev.tagrouter.gateway.flow.Tagging;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tagrouter route}: where one query would go, and why. */
@Command(
        name = "route",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Says which model a query goes to, and why; no model is called.",
            "",
            "Each candidate's score is its expected quality: a baseline plus what each tag of the query adds. The "
                    + "expected cost follows from the prices and from how long each model's answers are on such "
                    + "queries. Theta says what quality may cost.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tagrouter route \"Write a SQL query for the top ten customers\"",
            "  tagrouter route --models gemma-2-9b-it,qwen2.5-7b-instruct --theta 0.3 \"Explain this contract clause\"",
            "  tagrouter route --tags \"sql,code generation\" \"Top ten customers\"",
            "  tagrouter route --json - < prompt.txt",
            "  tagrouter route --messages - < request.json",
            "  tagrouter route --scorer paper --theta -5 \"Summarise this email\""
        })
final class RouteCommand implements Callable<Integer> {
    private final Io io;

    @Parameters(
            arity = "0..1",
            paramLabel = "QUERY",
            description = "The query. With -, or without it, all of standard input is the query.")
    private @Nullable String query;

    @Option(
            names = "--messages",
            description = "The query is a conversation: JSON with messages, as a chat request has them.")
    private boolean messages;

    @Option(
            names = "--models",
            paramLabel = "M",
            split = ",",
            description = "Models to choose between, separated by commas (default: the profile's candidates).")
    private @Nullable List<String> models;

    @Option(
            names = "--theta",
            paramLabel = "X",
            description = {
                "From -1 (cheapest) over 0 to 1 (highest expected quality); default: the profile's.",
                "With --scorer paper: the raw threshold of the published rule."
            })
    private @Nullable Double theta;

    @Option(
            names = "--tags",
            paramLabel = "T",
            split = ",",
            description = "The query's tags as you know them, separated by commas, instead of having it tagged.")
    private @Nullable List<String> tags;

    @Mixin
    private final AlignmentOption alignment = new AlignmentOption();

    @Mixin
    private final ProfileOption profile = new ProfileOption();

    @Option(
            names = "--scorer",
            paramLabel = "S",
            description = "joint (expected quality) or paper (the published counts); default: the profile's.")
    private @Nullable ScorerKind scorer;

    @Option(names = "--json", description = "Print one JSON object, numbers in full.")
    private boolean json;

    RouteCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        String text = text();
        Query asked = messages ? Messages.ofBody(text, "the query") : Query.of(text);
        Profile loaded = profile.load();
        ScorerKind kind = scorer;
        if (kind != null && kind != loaded.manifest().scorer()) {
            loaded = loaded.withScorer(kind);
        }
        List<String> named = models;
        Router router = router(
                loaded,
                named == null ? loaded.candidates() : candidates(profile.named().name(), loaded, named));
        Double given = theta;
        double used = given == null ? loaded.manifest().theta() : given;
        requireTheta(loaded, used);
        Tagging tagging = given(loaded);
        Routing routing = tagging == null
                ? router.route(asked, used)
                : router.route(asked, tagging.tags(), used, Constraints.NONE, tagging.nanos());
        if (json) {
            Json.print(
                    io.out(),
                    RoutingJson.of(loaded, routing, tagging, router.pool().withoutEvidence(), model -> model));
        } else {
            new RouteReport(router, routing).print(io.out());
            if (tagging != null && !tagging.unknown().isEmpty()) {
                io.out().println();
                io.out().println("Not in the vocabulary: " + String.join(", ", tagging.unknown()));
            }
        }
        return switch (routing.decision()) {
            case Decision.Chosen chosen -> 0;
            case Decision.NoEligibleModel none ->
                throw new FailedException(
                        "no model may answer (" + none.reason().label() + "): " + none.remedy());
        };
    }

    private @Nullable Tagging given(Profile loaded) throws IOException {
        List<String> given = tags;
        if (given == null) {
            if (alignment.isSimilar()) {
                throw new UsageException(
                        "--alignment is for given tags, and there are none; add --tags, or leave it out");
            }
            return null;
        }
        List<String> names = given.stream().map(String::strip).toList();
        if (names.stream().anyMatch(String::isEmpty)) {
            throw new UsageException(
                    "--tags '" + String.join(",", given) + "' holds an empty tag; give tags and commas");
        }
        return Tagging.given(alignment.aligner(loaded.tagger().vocabulary()), names);
    }

    private String text() throws IOException {
        String given = query;
        if (given != null && !given.equals("-")) {
            return given;
        }
        if (given == null && io.inIsTerminal()) {
            throw new UsageException("no query given; name one (in quotes) or send it to standard input");
        }
        return WholeInput.all(io.in());
    }

    private static List<Candidate> candidates(String place, Profile profile, List<String> named) {
        Map<String, Optional<Price>> known = profile.table().models();
        List<Candidate> candidates = new ArrayList<>();
        for (String entry : named) {
            String model = entry.strip();
            Optional<Price> price = known.get(model);
            if (price == null) {
                List<String> close = NearestName.like(model, known.keySet());
                throw new UsageException("model '" + model + "' of --models is not in profile "
                        + profile.manifest().name()
                        + (close.isEmpty()
                                ? "; tagrouter models list shows the " + known.size() + " it has"
                                : "; close to it: " + String.join(", ", close)));
            }
            candidates.add(new Candidate(
                    model,
                    price.orElseThrow(() -> new UsageException("model '" + model + "' of --models is learned but has "
                            + "no price in profile " + profile.manifest().name()
                            + "; give it one (tagrouter profile edit " + place + " --price '" + model
                            + "=IN,OUT' --out DIR), or leave it out"))));
        }
        return candidates;
    }

    private static Router router(Profile profile, List<Candidate> candidates) {
        try {
            return Router.among(profile, candidates, profile.manifest().defaultModel());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static void requireTheta(Profile profile, double theta) {
        try {
            profile.requireTheta(theta);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
