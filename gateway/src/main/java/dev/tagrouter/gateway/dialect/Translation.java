package dev.tagrouter.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.gateway.config.Api;

/** The way back of the answer to a request that another API said. Lives as long as the answer comes, and so keeps no request, but what little of it the answer needs. */
sealed interface Translation permits MessagesOverChat, ChatOverMessages, ResponsesOverChat, GeminiAsDocumented {
    /** The API of the translated request. */
    Api upstreamApi();

    /** The shape in which the client expects errors. */
    ErrorShape errorShape();

    /** The whole answer as the client's API says it. */
    ObjectNode answer(ObjectNode upstreamAnswer) throws Garbled;

    /** The way back of a streamed answer; to be asked for once. */
    Stream stream();

    /** Translates one stream, event by event. */
    interface Stream {
        /** An event of the upstream's. */
        void event(JsonNode data, Events out) throws Garbled;

        /** The upstream says that it has said everything, where its API has a word for that. */
        default void done() {}

        /** The upstream has said everything; told once. */
        void finish(Events out) throws Garbled;

        /** The upstream is at work and has said nothing for the client in a while. */
        default void ping(Events out) {
            out.addComment();
        }

        /** The answer has begun and breaks off; says nothing where the API's event for errors says it. */
        default void breakOff(String code, String message, Events out) {}
    }
}
