package dev.tagrouter.gateway.flow;

import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.gateway.config.Ability;
import dev.tagrouter.gateway.config.Api;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as it came, with what was found in it.
 *
 * @param api the API it is said in
 * @param bytes the body
 * @param model the value of {@code model}
 * @param modelSpan where that value stands, quotes included
 * @param cut what to leave out: the {@code tagrouter} member with its comma, or null if there is none
 * @param wish what the {@code tagrouter} member asks for
 * @param needs what the request needs of a model
 * @param said by what its conversation is known again if the client has no name for it
 * @param query the user turns to tag and the prompt's length
 */
record ChatBody(
        Api api,
        Buffer bytes,
        String model,
        Span modelSpan,
        @Nullable Span cut,
        Wish wish,
        Needs needs,
        Conversation.Said said,
        Query query) {
    /** A part of the body: from {@code start} up to, not including, {@code end}. */
    record Span(int start, int end) {}

    /**
     * What a client asks of the routing; null for what it does not say.
     *
     * @param theta the cost threshold
     * @param models names of the candidates
     * @param tags the query's tags as the client knows them
     * @param exclude names of models that may not answer
     * @param require what the model has to be able to do beside what the body shows
     * @param maxCostUsd the most that the answer may be expected to cost
     * @param deadlineNanos how long the whole answer may take
     */
    record Wish(
            @Nullable Double theta,
            @Nullable List<String> models,
            @Nullable List<String> tags,
            @Nullable List<String> exclude,
            @Nullable Set<Ability> require,
            @Nullable Double maxCostUsd,
            @Nullable Long deadlineNanos) {
        static final Wish NONE = new Wish(null, null, null, null, null, null, null);
    }

    /** The body as the upstream gets it: another model value, no {@code tagrouter}, all else byte for byte. */
    Buffer forUpstream(String modelJson) {
        Buffer out = Buffer.buffer(bytes.length() + modelJson.length());
        Span cutSpan = cut;
        if (cutSpan == null) {
            return tail(replaced(out, 0, modelJson), modelSpan.end());
        }
        if (cutSpan.end() <= modelSpan.start()) {
            out.appendBuffer(bytes, 0, cutSpan.start());
            return tail(replaced(out, cutSpan.end(), modelJson), modelSpan.end());
        }
        replaced(out, 0, modelJson);
        out.appendBuffer(bytes, modelSpan.end(), cutSpan.start() - modelSpan.end());
        return tail(out, cutSpan.end());
    }

    private Buffer replaced(Buffer out, int from, String modelJson) {
        return out.appendBuffer(bytes, from, modelSpan.start() - from).appendString(modelJson);
    }

    private Buffer tail(Buffer out, int from) {
        return out.appendBuffer(bytes, from, bytes.length() - from);
    }
}
