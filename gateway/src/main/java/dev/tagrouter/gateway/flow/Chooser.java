package dev.tagrouter.gateway.flow;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tagrouter.core.Router;
import dev.tagrouter.core.Routing;
import dev.tagrouter.core.decision.Constraints;
import dev.tagrouter.core.decision.Constraints.Held;
import dev.tagrouter.core.decision.Decision;
import dev.tagrouter.core.tagging.Aligner;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.gateway.config.Api;
import dev.tagrouter.gateway.flow.Wishes.Said;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses who answers: the model the client named, or the one its router decides for. Safe for any thread. */
public final class Chooser {
    private static final int LISTED = 20;
    private static final int WARM_UP = 400;
    /** Nobody should wait longer for the gateway than for a cold first request. */
    private static final long WARM_UP_NANOS = 100_000_000;
    /** Bounds the kept routers by what they hold: some 30 KB for each candidate at 500 tags. */
    private static final int MOST_CANDIDATES = 1024;

    private final Catalog catalog;
    private final Sessions sessions;
    private final Router defaultRouter;
    /** By spelling only: event loops call it. */
    private final Aligner aligner;

    /** Routers between candidates that clients asked for. */
    private final Cache<List<Served>, Router> routers = Caffeine.newBuilder()
            .maximumWeight(MOST_CANDIDATES)
            .weigher((List<Served> key, Router router) -> key.size())
            .build();

    /** @param sessions what is remembered of conversations */
    public Chooser(Catalog catalog, Sessions sessions) {
        this.catalog = catalog;
        this.sessions = sessions;
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
        aligner.indexOf(Auto.NAME);
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

    /** The tags that the client gives, or null where it gives none. */
    @Nullable
    Tagging given(Wishes wishes) throws Fault {
        Said<List<String>> tags = wishes.tags();
        if (tags == null) {
            return null;
        }
        if (tags.value().isEmpty()) {
            throw new Fault(
                    FaultKind.INVALID_VALUE,
                    "'" + tags.param() + "' is empty; give tags or leave it out",
                    tags.param());
        }
        return Tagging.given(aligner, tags.value());
    }

    /** Whether the client leaves the choice to the router. */
    boolean isRouted(ChatBody body) {
        return Auto.is(catalog.meant(body.model()));
    }

    /**
     * Chooses for a request.
     *
     * @param tagging its tags, or null to ask the profile's tagger
     */
    Choice choose(ChatBody body, Wishes wishes, @Nullable Tagging tagging) throws Fault {
        Served named = named(body);
        if (named != null) {
            long inputTokens = body.query().inputTokens();
            return new Choice(
                    named,
                    Choice.REQUESTED,
                    null,
                    null,
                    null,
                    gate(body, wishes),
                    null,
                    // An embedding has no answer in tokens, which is what the model's price would be told of.
                    body.api() == Api.EMBEDDINGS ? null : named.expectedCostUsd(inputTokens));
        }
        Router router = router(wishes);
        Conversation conversation = conversation(body, wishes);
        Routing routing = routed(router, body, wishes, conversation, tagging);
        return switch (routing.decision()) {
            case Decision.Chosen chosen -> choice(chosen, routing, tagging, router, conversation);
            case Decision.NoEligibleModel none -> throw new Fault(FaultKind.NO_ELIGIBLE_MODEL, none.remedy(), "model");
        };
    }

    private Routing routed(
            Router router, ChatBody body, Wishes wishes, @Nullable Conversation conversation, @Nullable Tagging tagging)
            throws Fault {
        double theta = theta(body, wishes);
        Constraints constraints = constraints(body, wishes, conversation);
        Query query = body.query();
        return tagging == null
                ? router.route(query, theta, constraints)
                : router.route(query, tagging.tags(), theta, constraints, tagging.nanos());
    }

    private @Nullable Conversation conversation(ChatBody body, Wishes wishes) {
        if (!sessions.on()) {
            return null;
        }
        return wishes.session() == null ? body.said().conversation() : Conversation.named(wishes.session());
    }

    private Constraints constraints(ChatBody body, Wishes wishes, @Nullable Conversation conversation) throws Fault {
        Held held = conversation == null
                ? null
                : sessions.before(conversation, catalog, body.query().inputTokens());
        Constraints.Gate gate = gate(body, wishes);
        return held == null && gate.equals(Constraints.NONE.gate())
                ? Constraints.NONE
                : new Constraints(wishes.maxCostUsd(), gate, held);
    }

    /** Who may answer: for most requests anybody. */
    private Constraints.Gate gate(ChatBody body, Wishes wishes) throws Fault {
        Said<List<String>> excluded = wishes.exclude();
        if (excluded == null && !catalog.isLimited() && Double.isInfinite(wishes.maxCostUsd())) {
            return Constraints.NONE.gate();
        }
        Set<String> names = excluded == null ? Set.of() : new HashSet<>();
        if (excluded != null) {
            for (String name : excluded.value()) {
                names.add(model(name, excluded.param()).name());
            }
        }
        return new Admission(
                catalog, names, body.needs().and(wishes.require()), body.query().inputTokens());
    }

    /** The model that the client names, or null where it leaves the choice to the router. */
    private @Nullable Served named(ChatBody body) throws Fault {
        if (isRouted(body)) {
            return null;
        }
        Served named = catalog.find(catalog.meant(body.model()));
        if (named == null) {
            throw new Fault(FaultKind.MODEL_NOT_FOUND, unknown(body.model()), "model");
        }
        return named;
    }

    /**
     * Explains how a request would be routed: nobody is called. A model named by the client would bypass the router;
     * what the router would have decided is explained all the same.
     */
    Explained explain(ChatBody body, Wishes wishes, @Nullable Tagging tagging) throws Fault {
        Served named = named(body);
        Router router = router(wishes);
        return new Explained(
                routed(router, body, wishes, conversation(body, wishes), tagging),
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

    private Router router(Wishes wishes) throws Fault {
        Said<List<String>> models = wishes.models();
        return models == null ? defaultRouter : routers.get(wished(models), this::between);
    }

    private Choice choice(
            Decision.Chosen chosen,
            Routing routing,
            @Nullable Tagging tagging,
            Router router,
            @Nullable Conversation conversation) {
        Served model = catalog.find(catalog.nameOf(chosen.model()));
        if (model == null) {
            throw new IllegalStateException("core chose '" + chosen.model() + "', which is no candidate");
        }
        Double cost = Choice.costUsd(routing, chosen.model());
        return new Choice(
                model,
                chosen.reason().label(),
                routing,
                tagging,
                router,
                routing.constraints().gate(),
                conversation == null ? null : new Choice.Session(sessions, conversation, routing.inputTokens()),
                cost != null ? cost : model.expectedCostUsd(routing.inputTokens()));
    }

    /** The nearest word wins: {@code auto:X}, then the body, then the header, then the configuration. */
    private double theta(ChatBody body, Wishes wishes) throws Fault {
        String model = catalog.meant(body.model());
        Said<Double> said = Auto.hasTheta(model)
                ? new Said<>(WishReader.thetaOf(Auto.thetaText(model), "model"), "model")
                : wishes.theta();
        if (said == null) {
            return catalog.theta();
        }
        try {
            catalog.profile().requireTheta(said.value());
        } catch (IllegalArgumentException e) {
            throw new Fault(FaultKind.INVALID_VALUE, String.valueOf(e.getMessage()), said.param());
        }
        return said.value();
    }

    /** The candidates that the client asks for, in the order of the configuration. */
    private List<Served> wished(Said<List<String>> names) throws Fault {
        if (names.value().isEmpty()) {
            throw new Fault(
                    FaultKind.INVALID_VALUE,
                    "'" + names.param() + "' is empty; name models or leave it out",
                    names.param());
        }
        Set<Served> named = new HashSet<>();
        for (String name : names.value()) {
            Served model = model(name, names.param());
            if (model.column() != null && model.price() == null) {
                throw new Fault(
                        FaultKind.INVALID_VALUE,
                        "model '" + Fault.shown(name) + "' has no price, so it cannot be routed; name others",
                        names.param());
            }
            named.add(model);
        }
        List<Served> inOrder = new ArrayList<>(catalog.models());
        inOrder.retainAll(named);
        return inOrder;
    }

    /** A candidate that the client names; routing itself is none. */
    private Served model(String name, String param) throws Fault {
        Served model = catalog.find(catalog.meant(name));
        if (model == null) {
            String shown = "'" + Fault.shown(name) + "'";
            String why =
                    Auto.is(catalog.meant(name)) ? shown + " is routing, not a model" : "there is no model " + shown;
            throw new Fault(FaultKind.INVALID_VALUE, why + "; give one of: " + listed(), param);
        }
        return model;
    }

    private String unknown(String name) {
        String aliases = catalog.aliases().isEmpty()
                ? ""
                : ", or " + String.join(", ", catalog.aliases().keySet());
        return "there is no model '" + Fault.shown(name) + "'; give auto" + aliases + " or one of: " + listed();
    }

    private String listed() {
        List<Served> models = catalog.models();
        String some = String.join(
                ", ", models.stream().limit(LISTED).map(Served::name).toList());
        return some + (models.size() > LISTED ? ", and " + (models.size() - LISTED) + " more" : "");
    }
}
