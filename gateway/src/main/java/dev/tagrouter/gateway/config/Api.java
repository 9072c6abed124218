package dev.tagrouter.gateway.config;

import java.util.Locale;

/** An API that clients speak to the gateway and that an upstream may speak itself. */
public enum Api {
    /** OpenAI's chat completions. */
    CHAT("/chat/completions"),
    /** OpenAI's Responses. */
    RESPONSES("/responses"),
    /** Anthropic's Messages. */
    MESSAGES("/messages"),
    /** OpenAI's embeddings. */
    EMBEDDINGS("/embeddings");

    private final String path;

    Api(String path) {
        this.path = path;
    }

    /** Where it is found below an upstream's base address. */
    public String path() {
        return path;
    }

    /** Its name in the configuration. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
