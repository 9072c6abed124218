package dev.tagrouter.gateway.flow;

import dev.tagrouter.gateway.config.Ability;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of the routing of one request, in its body and in headers together; the body's word is nearer. Each
 * value knows where it was said, so that a mistake can be told there.
 *
 * @param theta the cost threshold, or null
 * @param models names of the candidates, or null for the configured ones
 * @param tags the query's tags as the client knows them, or null to have it tagged
 * @param exclude names of models that may not answer, or null
 * @param require what the model has to be able to do beside what the body shows
 * @param maxCostUsd the most that the answer may be expected to cost, infinite where nothing is said
 * @param deadlineNanos how long the whole answer may take, or null
 * @param session the client's name for the conversation, or null
 */
record Wishes(
        @Nullable Said<Double> theta,
        @Nullable Said<List<String>> models,
        @Nullable Said<List<String>> tags,
        @Nullable Said<List<String>> exclude,
        Set<Ability> require,
        double maxCostUsd,
        @Nullable Long deadlineNanos,
        @Nullable String session) {
    private static final Wishes NONE =
            new Wishes(null, null, null, null, EnumSet.noneOf(Ability.class), Double.POSITIVE_INFINITY, null, null);

    /** A value, and where the client said it. */
    record Said<T>(T value, String param) {}

    static Wishes of(ChatBody.Wish body, ChatBody.Wish headers, @Nullable String session) {
        if (body.equals(ChatBody.Wish.NONE) && headers.equals(ChatBody.Wish.NONE) && session == null) {
            return NONE;
        }
        Set<Ability> require = body.require() != null ? body.require() : headers.require();
        Double maxCost = body.maxCostUsd() != null ? body.maxCostUsd() : headers.maxCostUsd();
        return new Wishes(
                nearer(body.theta(), "theta", headers.theta()),
                nearer(body.models(), "models", headers.models()),
                nearer(body.tags(), "tags", headers.tags()),
                nearer(body.exclude(), "exclude", headers.exclude()),
                require == null ? NONE.require() : require,
                maxCost == null ? Double.POSITIVE_INFINITY : maxCost,
                body.deadlineNanos() != null ? body.deadlineNanos() : headers.deadlineNanos(),
                session);
    }

    private static <T> @Nullable Said<T> nearer(@Nullable T inBody, String name, @Nullable T inHeader) {
        if (inBody != null) {
            return new Said<>(inBody, "tagrouter." + name);
        }
        return inHeader == null ? null : new Said<>(inHeader, "x-tagrouter-" + name);
    }
}
