package dev.tagrouter.client;

import java.util.List;

/** What became of asking a model for a query's tags: tags, or why there are none. */
public sealed interface FreeTags {
    /** What it used, whether it helped or not. */
    Usage usage();

    /**
     * Tags as the model wrote them, tidied: lower case, single spaces, no quotes; each once, in their order.
     *
     * @param tags at least one
     */
    record Tagged(List<String> tags, Usage usage) implements FreeTags {
        public Tagged {
            tags = List.copyOf(tags);
            if (tags.isEmpty()) {
                throw new IllegalArgumentException("a tagged query has no tags; that is a failure");
            }
        }
    }

    /**
     * No tags.
     *
     * @param detail one line that names what came instead; no key
     */
    record Failed(Failure failure, String detail, Usage usage) implements FreeTags {}

    /** Every way to get no tags. */
    enum Failure {
        /** The model said nothing. */
        EMPTY("empty answer"),
        /** It wrote sentences. */
        PROSE("prose instead of tags"),
        /** It wrote something like JSON from which no tags can be read. */
        WRONG_JSON("wrong JSON"),
        /** It was cut off by the limit of tokens. */
        CUT_OFF("answer cut off"),
        /** More tags than anybody asked for. */
        TOO_MANY("too many tags"),
        /** Only tags in other than Latin letters. */
        OTHER_LANGUAGE("tags not in English"),
        /** Status 429 until patience ran out. */
        RATE_LIMITED("rate limit"),
        /** No complete answer by the deadline. */
        TIMED_OUT("timeout"),
        /** No connection, or a broken one. */
        UNREACHABLE("not reachable"),
        /** A status from 500 on, or an answer that is no chat completion. */
        SERVER_ERROR("server error"),
        /** Any other status: this query is not taken. */
        REFUSED("refused"),
        /** Status 401 or 403: no query will be taken. */
        NO_ACCESS("key not accepted"),
        /** Status 404: the address or the model does not exist. */
        NO_SUCH_MODEL("no such model or address");

        private final String label;

        Failure(String label) {
            this.label = label;
        }

        /** A few words for people. */
        public String label() {
            return label;
        }

        /** Whether every other query would fail the same way. */
        public boolean isFatal() {
            return this == NO_ACCESS || this == NO_SUCH_MODEL;
        }

        /** Whether the server is at fault and not the answer. */
        public boolean isOfTheServer() {
            return switch (this) {
                case RATE_LIMITED, TIMED_OUT, UNREACHABLE, SERVER_ERROR, NO_ACCESS, NO_SUCH_MODEL -> true;
                case EMPTY, PROSE, WRONG_JSON, CUT_OFF, TOO_MANY, OTHER_LANGUAGE, REFUSED -> false;
            };
        }
    }
}
