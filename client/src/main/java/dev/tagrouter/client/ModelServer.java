package dev.tagrouter.client;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A model behind OpenAI's chat completions.
 *
 * @param baseUrl http or https, up to and without {@code /chat/completions}; no user, query or fragment
 * @param apiKey sent as {@code Authorization: Bearer}, or null for none
 * @param model what the server calls the model
 */
public record ModelServer(URI baseUrl, @Nullable ApiKey apiKey, String model) {
    public ModelServer {
        String scheme = baseUrl.getScheme();
        boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!http || baseUrl.getHost() == null) {
            throw new IllegalArgumentException(
                    "the teacher's address is no http address; give one such as http://127.0.0.1:8000/v1");
        }
        if (baseUrl.getRawUserInfo() != null || baseUrl.getRawQuery() != null || baseUrl.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "the teacher's address holds a user, a query or a fragment; leave them out,"
                            + " and give a key by the environment");
        }
        if (model.isBlank()) {
            throw new IllegalArgumentException("the teacher's model is blank; name one that the server lists");
        }
    }

    /** Reads the address; the message of a mistake does not repeat it, since it may hold a password. */
    public static ModelServer of(String baseUrl, @Nullable ApiKey apiKey, String model) {
        try {
            return new ModelServer(new URI(baseUrl), apiKey, model);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "the teacher's address is not valid at its character " + (e.getIndex() + 1)
                            + "; give one such as http://127.0.0.1:8000/v1",
                    e);
        }
    }

    URI chat() {
        String base = baseUrl.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/chat/completions");
    }

    /** Host and port, for messages. */
    String place() {
        return baseUrl.getHost() + (baseUrl.getPort() < 0 ? "" : ":" + baseUrl.getPort());
    }
}
