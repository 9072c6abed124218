package dev.tagrouter.gateway.upstream;

/**
 * How a call to an upstream failed.
 *
 * @param kind what went wrong
 * @param message one line for the client that names the upstream and the remedy, and no secret
 */
public record UpstreamFailure(Kind kind, String message) {
    static final int KEY_REFUSED = 401;
    static final int PAYMENT_REQUIRED = 402;

    /** Whether an HTTP status refuses the gateway's key or account, which are the operator's, and not the request. */
    public static boolean refusesTheGateway(int status) {
        return status == KEY_REFUSED || status == PAYMENT_REQUIRED;
    }

    /** What went wrong. */
    public enum Kind {
        /** No connection. */
        CONNECT,
        /** No connection in time. */
        CONNECT_TIMEOUT,
        /** No first byte in time. */
        FIRST_BYTE_TIMEOUT,
        /** No further byte in time. */
        IDLE_TIMEOUT,
        /** The request's time over all attempts is up; nothing is said about the upstream. */
        TOTAL_TIMEOUT,
        /** The connection broke. */
        BROKEN,
        /** The client does not read what there is: the call is given up for its sake, not for the upstream's. */
        CLIENT_STALLED,
        /** What it answered cannot be understood. */
        MALFORMED,
        /** It said within its answer that it failed. */
        REPORTED;

        /** Whether something took too long. */
        public boolean isTimeout() {
            return switch (this) {
                case CONNECT_TIMEOUT, FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT, TOTAL_TIMEOUT -> true;
                case CONNECT, BROKEN, CLIENT_STALLED, MALFORMED, REPORTED -> false;
            };
        }

        /** Whether it is the upstream that failed, rather than the client or its time. */
        public boolean isUpstreams() {
            return switch (this) {
                case CONNECT, CONNECT_TIMEOUT, FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT, BROKEN, MALFORMED, REPORTED -> true;
                case TOTAL_TIMEOUT, CLIENT_STALLED -> false;
            };
        }

        /** The name used in metrics. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
