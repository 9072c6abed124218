package dev.tagrouter.gateway.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.core.Routing;
import dev.tagrouter.core.decision.Decision;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.Contribution;
import dev.tagrouter.core.scoring.Scores;
import dev.tagrouter.core.tagging.Tag;
import dev.tagrouter.gateway.flow.Tagging;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The one JSON object that explains how a query was routed: printed by {@code tagrouter route --json} and answered by
 * {@code POST /v1/route}. Numbers are written in full, so the contributions add up to the score exactly, in order.
 */
public final class RoutingJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RoutingJson() {}

    /** Explains a routing under the profile's own model names. */
    public static ObjectNode of(Profile profile, Routing routing) {
        return of(profile, routing, null, List.of(), UnaryOperator.identity());
    }

    /**
     * Explains a routing.
     *
     * @param tagging where the tags came from, or null where the profile's own tagger was asked as always
     * @param withoutEvidence models that were asked for and never judged
     * @param name from a profile's column to the name that clients know the model by
     */
    public static ObjectNode of(
            Profile profile,
            Routing routing,
            @Nullable Tagging tagging,
            List<String> withoutEvidence,
            UnaryOperator<String> name) {
        ObjectNode out = JSON.objectNode();
        out.set("decision", decision(routing.decision(), name));
        ArrayNode tags = out.putArray("tags");
        for (Tag tag : routing.tags().stated()) {
            tags.addObject().put("tag", tag.name()).put("confidence", tag.confidence());
        }
        if (tagging != null) {
            out.set("tagger", tagger(tagging));
        }
        Scores scores = routing.scores();
        ArrayNode list = out.putArray("scores");
        if (scores != null) {
            for (int m : bestFirst(scores)) {
                list.add(score(routing, scores, m, name));
            }
            out.put("coverage", scores.coverage());
        }
        if (!withoutEvidence.isEmpty()) {
            ArrayNode names = out.putArray("withoutEvidence");
            withoutEvidence.forEach(model -> names.add(name.apply(model)));
        }
        out.put("profile", profile.id());
        out.putObject("micros")
                .put("tag", routing.tagNanos() / 1000.0)
                .put("score", routing.scoreNanos() / 1000.0)
                .put("decide", routing.decideNanos() / 1000.0);
        return out;
    }

    private static ObjectNode tagger(Tagging tagging) {
        ObjectNode out = JSON.objectNode().put("source", tagging.source().label());
        ArrayNode unknown = out.putArray("unknownTags");
        tagging.unknown().forEach(unknown::add);
        if (tagging.fallback() != null) {
            out.put("fallback", tagging.fallback()).put("detail", tagging.detail());
        }
        return out;
    }

    /** The candidates' positions, highest score first. */
    public static List<Integer> bestFirst(Scores scores) {
        return IntStream.range(0, scores.size())
                .boxed()
                .sorted(Comparator.comparingDouble(m -> -scores.score(m)))
                .toList();
    }

    private static ObjectNode decision(Decision decision, UnaryOperator<String> name) {
        ObjectNode out = JSON.objectNode();
        switch (decision) {
            case Decision.Chosen chosen -> {
                out.put("model", name.apply(chosen.model()));
                out.put("reason", chosen.reason().label());
                out.put("theta", chosen.theta());
                out.put("flipTheta", chosen.flipTheta());
                String runnerUp = chosen.runnerUp();
                out.put("runnerUp", runnerUp == null ? null : name.apply(runnerUp));
                out.put("uncertainty", chosen.uncertainty());
            }
            case Decision.NoEligibleModel none -> {
                out.putNull("model");
                out.put("reason", none.reason().label());
                out.put("theta", none.theta());
                out.put("remedy", none.remedy());
            }
        }
        return out;
    }

    private static ObjectNode score(Routing routing, Scores scores, int m, UnaryOperator<String> name) {
        ObjectNode out = JSON.objectNode();
        out.put("model", name.apply(scores.pool().candidates().get(m).model()));
        out.put("score", scores.score(m));
        out.put("expectedCostUsd", routing.costUsd(m));
        ArrayNode contributions = out.putArray("contributions");
        for (Contribution contribution : scores.contributions(m)) {
            contributions.addObject().put("term", contribution.term()).put("value", contribution.value());
        }
        return out;
    }
}
