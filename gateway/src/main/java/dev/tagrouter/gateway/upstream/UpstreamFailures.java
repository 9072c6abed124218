package dev.tagrouter.gateway.upstream;

import dev.tagrouter.gateway.config.Timeouts;
import dev.tagrouter.gateway.config.UpstreamConfig;
import io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Says how calls to one upstream failed, each time with where it is and what to do. */
final class UpstreamFailures {
    private final String name;
    private final String upstream;
    private final Timeouts timeouts;

    UpstreamFailures(UpstreamConfig config) {
        this.name = config.name();
        this.upstream = "upstream '" + name + "' at " + config.baseUrl().getHost() + ":" + config.port();
        this.timeouts = config.timeouts();
    }

    UpstreamFailure notConnected(Throwable cause) {
        String remedy = cause instanceof SSLException && !(cause instanceof NotSslRecordException)
                ? "where its certificate is signed by an authority of your own, name that in upstreams." + name
                        + ".tls.ca, or else correct upstreams."
                : "start it or correct upstreams.";
        return new UpstreamFailure(
                UpstreamFailure.Kind.CONNECT,
                upstream + " cannot be reached (" + reason(cause) + "); " + remedy + name + ".base_url");
    }

    private static String reason(Throwable cause) {
        return switch (cause) {
            case java.net.UnknownHostException unknown -> "no such host";
            case java.net.NoRouteToHostException noRoute -> "no route to it";
            case java.net.ConnectException refused -> "connection refused";
            case SSLException ssl -> "TLS failed: " + tlsReason(ssl);
            case UpstreamConnections.TooMany many -> "too many connections to it are open";
            case Throwable other -> other.getClass().getSimpleName();
        };
    }

    private static String tlsReason(SSLException failure) {
        if (failure instanceof NotSslRecordException) {
            return "it does not speak TLS";
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException) {
                return "its certificate is signed by nobody who is trusted";
            }
            if (cause instanceof CertificateException && cause.getCause() == null) {
                return "its certificate does not suit its host name, or is out of date";
            }
        }
        return failure.getClass().getSimpleName();
    }

    UpstreamFailure connectTimeout() {
        return timeout(UpstreamFailure.Kind.CONNECT_TIMEOUT, "connect", timeouts.connect());
    }

    UpstreamFailure firstByteTimeout() {
        return timeout(UpstreamFailure.Kind.FIRST_BYTE_TIMEOUT, "first_byte", timeouts.firstByte());
    }

    UpstreamFailure idleTimeout() {
        return timeout(UpstreamFailure.Kind.IDLE_TIMEOUT, "idle", timeouts.idle());
    }

    private UpstreamFailure timeout(UpstreamFailure.Kind kind, String limit, Duration length) {
        return new UpstreamFailure(
                kind,
                upstream + " ran into its timeout " + limit + " of " + length.toMillis()
                        + "ms; try again or raise upstreams." + name + ".timeouts." + limit);
    }

    UpstreamFailure clientStalled() {
        return new UpstreamFailure(
                UpstreamFailure.Kind.CLIENT_STALLED,
                "the client has read nothing for " + timeouts.client().toMillis() + " ms");
    }

    UpstreamFailure outOfTime() {
        return new UpstreamFailure(
                UpstreamFailure.Kind.TOTAL_TIMEOUT,
                upstream + " had not finished its answer when the request's time was up; raise its deadline_ms, or"
                        + " failure.total where it has none");
    }

    UpstreamFailure broken(boolean begun) {
        return new UpstreamFailure(
                UpstreamFailure.Kind.BROKEN,
                upstream + " closed the connection "
                        + (begun ? "in the middle of its answer" : "before it answered")
                        + "; look at its log and try again");
    }

    /** An answer that came whole and could not be handed on. */
    UpstreamFailure misunderstood(RuntimeException cause) {
        return new UpstreamFailure(
                UpstreamFailure.Kind.MALFORMED,
                upstream + " gave an answer that cannot be handed on ("
                        + cause.getClass().getSimpleName() + "); look at its log and try again");
    }

    /** A status outside 200 to 599. */
    UpstreamFailure noAnswer(int status) {
        return new UpstreamFailure(
                UpstreamFailure.Kind.BROKEN,
                upstream + " answered with the status " + status + ", which is no answer; look at its log");
    }

    /** A status that is not the request's own: of what the upstream says nothing is repeated, for it may show the key. */
    UpstreamFailure refusal(int status) {
        return new UpstreamFailure(
                UpstreamFailure.Kind.REPORTED,
                upstream + " answered " + status
                        + switch (status) {
                            case UpstreamFailure.KEY_REFUSED ->
                                ": it does not take the gateway's key; correct upstreams." + name + ".api_key";
                            case UpstreamFailure.PAYMENT_REQUIRED ->
                                ": it wants to be paid; look at the account of upstreams." + name + ".api_key";
                            default -> "; look at its log and try again";
                        });
    }
}
