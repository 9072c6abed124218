package dev.tagrouter.gateway.flow;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tagrouter.core.Router;
import dev.tagrouter.core.Routing;
import dev.tagrouter.core.decision.Decision;
import dev.tagrouter.core.scoring.Scores;
import dev.tagrouter.core.tagging.Aligner;
import dev.tagrouter.core.tagging.Query;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses who answers: the model the client named, or the one its router decides for. Safe for any thread. */
public final class Chooser {
    private static final String AUTO = "auto";
    private static final int LISTED = 20;
    private static final int WARM_UP = 400;
    /** Nobody should wait longer for the gateway than for a cold first request. */
    private static final long WARM_UP_NANOS = 100_000_000;
    /** Bounds the kept routers by what they hold: some 30 KB for each candidate at 500 tags. */
    private static final int MOST_CANDIDATES = 1024;

    private final Catalog catalog;
    private final Router defaultRouter;
    /** By spelling only: event loops call it. */
    private final Aligner aligner;

    /** Routers between candidates that clients asked for. */
    private final Cache<List<Served>, Router> routers = Caffeine.newBuilder()
            .maximumWeight(MOST_CANDIDATES)
            .weigher((List<Served> key, Router router) -> key.size())
            .build();

    public Chooser(Catalog catalog) {
        this.catalog = catalog;
        this.aligner = Aligner.exact(catalog.profile().tagger().vocabulary());
        this.defaultRouter = between(catalog.candidates());
    }

    private Router between(List<Served> candidates) {
        return Router.among(
                catalog.profile(), candidates.stream().map(Served::candidate).toList(), catalog.defaultModel());
    }

    public Catalog catalog() {
        return catalog;
    }

    /** Routes a few made-up requests, so that the first real one does not wait for classes and the compiler. */
    public void warmUp() {
        long end = System.nanoTime() + WARM_UP_NANOS;
        // No tag: the aligner makes its map of spelling keys now and not on an event loop.
        aligner.indexOf(AUTO);
        for (int i = 0; i < WARM_UP && System.nanoTime() < end; i++) {
            String body =
                    "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Write a SQL query, number " + i
                            + ", that ranks customers by revenue.\"}]}";
            try {
                defaultRouter.route(BodyParser.parse(Buffer.buffer(body)).query(), catalog.theta());
            } catch (Fault e) {
                throw new IllegalStateException("a request of the gateway's own is wrong", e);
            }
        }
    }

    /** The tags that the client gives, or null where it gives none; the body's word is nearer than the header's. */
    @Nullable
    Tagging given(ChatBody body, ChatBody.Wish fromHeaders) throws Fault {
        List<String> tags = body.wish().tags();
        if (tags != null && tags.isEmpty()) {
            String param = "tagrouter.tags";
            throw new Fault(FaultKind.INVALID_VALUE, "'" + param + "' is empty; give tags or leave it out", param);
        }
        tags = tags == null ? fromHeaders.tags() : tags;
        return tags == null ? null : Tagging.given(aligner, tags);
    }

    /** Whether the client leaves the choice to the router. */
    boolean isRouted(ChatBody body) {
        return body.model().equals(AUTO) || body.model().startsWith(AUTO + ":");
    }

    /**
     * Chooses for a request.
     *
     * @param tagging its tags, or null to ask the profile's tagger
     */
    Choice choose(ChatBody body, ChatBody.Wish fromHeaders, @Nullable Tagging tagging) throws Fault {
        Served named = named(body);
        if (named != null) {
            return new Choice(
                    named,
                    Choice.REQUESTED,
                    null,
                    null,
                    null,
                    named.expectedCostUsd(body.query().inputTokens()));
        }
        Router router = router(body, fromHeaders);
        Routing routing = routed(router, body.query(), theta(body, fromHeaders), tagging);
        return switch (routing.decision()) {
            case Decision.Chosen chosen -> choice(chosen, routing, tagging, router);
            case Decision.NoEligibleModel none -> throw new Fault(FaultKind.NO_ELIGIBLE_MODEL, none.remedy(), "model");
        };
    }

    private static Routing routed(Router router, Query query, double theta, @Nullable Tagging tagging) {
        return tagging == null
                ? router.route(query, theta)
                : router.route(query, tagging.tags(), theta, tagging.nanos());
    }

    /** The model that the client names, or null where it leaves the choice to the router. */
    private @Nullable Served named(ChatBody body) throws Fault {
        if (isRouted(body)) {
            return null;
        }
        String model = body.model();
        Served named = catalog.find(model);
        if (named == null) {
            throw new Fault(FaultKind.MODEL_NOT_FOUND, unknown(model), "model");
        }
        return named;
    }

    /**
     * Explains how a request would be routed: nobody is called. A model named by the client would bypass the router;
     * what the router would have decided is explained all the same.
     */
    Explained explain(ChatBody body, ChatBody.Wish fromHeaders, @Nullable Tagging tagging) throws Fault {
        Served named = named(body);
        Router router = router(body, fromHeaders);
        return new Explained(
                routed(router, body.query(), theta(body, fromHeaders), tagging),
                router.pool().withoutEvidence(),
                named == null ? null : named.name());
    }

    /**
     * A routing with the candidates that were left out of it.
     *
     * @param withoutEvidence the candidates that were never judged
     * @param requested the model that the client named and that would answer, or null
     */
    record Explained(
            Routing routing,
            List<String> withoutEvidence,
            @Nullable String requested) {}

    private Router router(ChatBody body, ChatBody.Wish fromHeaders) throws Fault {
        List<Served> wished = wished(body.wish(), fromHeaders);
        return wished == null ? defaultRouter : routers.get(wished, this::between);
    }

    private Choice choice(Decision.Chosen chosen, Routing routing, @Nullable Tagging tagging, Router router) {
        Served model = catalog.find(catalog.nameOf(chosen.model()));
        if (model == null) {
            throw new IllegalStateException("core chose '" + chosen.model() + "', which is no candidate");
        }
        Scores scores = routing.scores();
        Double cost = scores == null ? null : Choice.costUsd(scores, chosen.model(), routing.inputTokens());
        return new Choice(
                model,
                chosen.reason().label(),
                routing,
                tagging,
                router,
                cost != null ? cost : model.expectedCostUsd(routing.inputTokens()));
    }

    /** The nearest word wins: {@code auto:X}, then the body, then the header, then the configuration. */
    private double theta(ChatBody body, ChatBody.Wish fromHeaders) throws Fault {
        String param = "model";
        Double theta = body.model().startsWith(AUTO + ":")
                ? WishReader.thetaOf(body.model().substring(AUTO.length() + 1), param)
                : null;
        if (theta == null) {
            param = "tagrouter.theta";
            theta = body.wish().theta();
        }
        if (theta == null) {
            param = WishReader.THETA_HEADER;
            theta = fromHeaders.theta();
        }
        if (theta == null) {
            return catalog.theta();
        }
        try {
            catalog.profile().requireTheta(theta);
        } catch (IllegalArgumentException e) {
            throw new Fault(FaultKind.INVALID_VALUE, String.valueOf(e.getMessage()), param);
        }
        return theta;
    }

    /** The candidates that the client asks for, or null where it asks for none in particular. */
    private @Nullable List<Served> wished(ChatBody.Wish fromBody, ChatBody.Wish fromHeaders) throws Fault {
        List<String> names = fromBody.models();
        String param = "tagrouter.models";
        if (names == null) {
            names = fromHeaders.models();
            param = WishReader.MODELS_HEADER;
        }
        if (names == null) {
            return null;
        }
        if (names.isEmpty()) {
            throw new Fault(FaultKind.INVALID_VALUE, "'" + param + "' is empty; name models or leave it out", param);
        }
        Set<Served> named = new LinkedHashSet<>();
        for (String name : names) {
            Served model = catalog.find(name);
            if (model == null) {
                throw new Fault(FaultKind.INVALID_VALUE, unknown(name), param);
            }
            if (model.column() != null && model.price() == null) {
                throw new Fault(
                        FaultKind.INVALID_VALUE,
                        "model '" + Fault.shown(name) + "' has no price, so it cannot be routed; name others",
                        param);
            }
            named.add(model);
        }
        List<Served> inOrder = new ArrayList<>(catalog.models());
        inOrder.retainAll(named);
        return inOrder;
    }

    private String unknown(String name) {
        List<Served> models = catalog.models();
        String listed = String.join(
                ", ", models.stream().limit(LISTED).map(Served::name).toList());
        return "there is no model '" + Fault.shown(name) + "'; give auto or one of: " + listed
                + (models.size() > LISTED ? ", and " + (models.size() - LISTED) + " more" : "");
    }
}
