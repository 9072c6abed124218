package dev.tagrouter.gateway.dialect;

import dev.tagrouter.gateway.config.Api;
import dev.tagrouter.gateway.upstream.UpstreamAnswer;
import io.vertx.core.buffer.Buffer;
import java.util.function.UnaryOperator;

/**
 * A request as one upstream takes it.
 *
 * @param api the API it is said in
 * @param body its body
 * @param wayBack from who is told the answer in the client's API to who is told the upstream's; for one attempt
 */
public record Translated(Api api, Buffer body, UnaryOperator<UpstreamAnswer> wayBack) {
    /** Who is to be told the upstream's answer, so that {@code client} is told it in the client's API. */
    public UpstreamAnswer answerTo(UpstreamAnswer client) {
        return wayBack.apply(client);
    }
}
