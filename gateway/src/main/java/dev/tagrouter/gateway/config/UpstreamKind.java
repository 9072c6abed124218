package dev.tagrouter.gateway.config;

import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a model server is: everything that differs from one kind to another, but for the form of its bodies. */
public enum UpstreamKind {
    /** Speaks OpenAI's API: OpenAI, vLLM, llama.cpp and most others. */
    OPENAI(""),
    /** Anthropic. */
    ANTHROPIC("/v1"),
    /** Ollama, by its OpenAI endpoint. */
    OLLAMA("/v1"),
    /** Gemini, by its OpenAI endpoint. */
    GEMINI("/v1beta/openai");

    /** The version of Anthropic's API that is asked for where the client names none. */
    public static final String ANTHROPIC_VERSION = "2023-06-01";

    private static final Pattern VERSIONED = Pattern.compile("/v\\d[^/]*$");
    private static final Pattern ENDING_SLASHES = Pattern.compile("/+$");

    private final String usualPath;

    UpstreamKind(String usualPath) {
        this.usualPath = usualPath;
    }

    /** Its name in the configuration. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(UpstreamKind::label).toList();
    }

    /** What it speaks unless the configuration says otherwise. */
    Set<Api> usualApis() {
        return switch (this) {
            case OPENAI, OLLAMA, GEMINI -> EnumSet.of(Api.CHAT, Api.EMBEDDINGS);
            case ANTHROPIC -> EnumSet.of(Api.MESSAGES);
        };
    }

    /**
     * An address without a path gets the one that this kind of server usually has. Anthropic's gets it behind any that does
     * not end in a version: its own clients add that, so that servers like it document their address without.
     *
     * @param address with a scheme and a host, without query and fragment
     */
    URI completed(URI address) {
        String path = ENDING_SLASHES.matcher(address.getRawPath()).replaceFirst("");
        boolean isIncomplete = this == ANTHROPIC ? !VERSIONED.matcher(path).find() : path.isEmpty();
        return isIncomplete && !usualPath.isEmpty()
                ? URI.create(address.getScheme() + "://" + address.getRawAuthority() + path + usualPath)
                : address;
    }

    /** Whether its key goes by {@code x-api-key}, beside a version, and not by {@code Authorization: Bearer}. */
    public boolean keyHasOwnHeader() {
        return this == ANTHROPIC;
    }

    /** Whether its answers differ from what its API's clients expect, so that they have to be mended on their way. */
    public boolean deviates() {
        return this == GEMINI;
    }
}
