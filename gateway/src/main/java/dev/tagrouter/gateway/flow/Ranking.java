package dev.tagrouter.gateway.flow;

import dev.tagrouter.core.Router;
import dev.tagrouter.core.Routing;
import dev.tagrouter.core.decision.Reason;
import dev.tagrouter.gateway.config.Api;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who answers in the place of a model that cannot. */
final class Ranking {
    private Ranking() {}

    /**
     * The chosen model, then who answers in its place, in order: of a routed request those whom the decision ranks
     * behind it; of one whose model the client named, or that evidence did not decide, the operator's fallbacks that can
     * take it. Of embeddings nobody else: an index among whose vectors are another model's finds the wrong things for good.
     */
    static List<Served> of(Catalog catalog, Choice choice, Api api) {
        if (api == Api.EMBEDDINGS) {
            return List.of(choice.model());
        }
        List<Served> ranking = new ArrayList<>();
        ranking.add(choice.model());
        Router router = choice.router();
        Routing routing = choice.routing();
        if (router != null && routing != null) {
            router.ranking(routing).forEach(column -> add(ranking, catalog.find(catalog.nameOf(column))));
        }
        if (routing == null || routing.scores() == null || choice.reason().equals(Reason.NO_EVIDENCE.label())) {
            choice.model().fallbacks().stream()
                    .map(catalog::find)
                    .filter(model -> model != null && choice.gate().refusal(model.candidateName()) == null)
                    .forEach(model -> add(ranking, model));
        }
        return ranking;
    }

    private static void add(List<Served> ranking, @Nullable Served model) {
        if (model != null && !ranking.contains(model)) {
            ranking.add(model);
        }
    }
}
