package dev.tagrouter.gateway.flow;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a client asks of the routing, from the body's {@code tagrouter} member and from headers. */
final class WishReader {
    static final String THETA_HEADER = "x-tagrouter-theta";
    static final String MODELS_HEADER = "x-tagrouter-models";
    static final String TAGS_HEADER = "x-tagrouter-tags";
    private static final int MAX_NAMES = 32;
    private static final int MAX_HEADER_BYTES = 4096;

    private WishReader() {}

    /** Reads the member's value, of which the parser stands at the first token; the parser ends at the last. */
    static ChatBody.Wish ofBody(JsonParser json, JsonToken first) throws IOException, Fault {
        if (first != JsonToken.START_OBJECT) {
            throw new Fault(
                    FaultKind.INVALID_VALUE,
                    "'tagrouter' is not an object; give {\"theta\": 0.2, \"models\": [..], \"tags\": [..]} or leave it out",
                    "tagrouter");
        }
        Double theta = null;
        List<String> models = null;
        List<String> tags = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if ((name.equals("theta") && theta != null)
                    || (name.equals("models") && models != null)
                    || (name.equals("tags") && tags != null)) {
                String param = "tagrouter." + name;
                throw new Fault(
                        FaultKind.DUPLICATE_KEY, "'" + param + "' stands twice in the body; send it once", param);
            }
            switch (name) {
                case "theta" -> theta = theta(json, value);
                case "models" -> models = names(json, value, "tagrouter.models", "model names");
                case "tags" -> tags = names(json, value, "tagrouter.tags", "tags");
                default ->
                    throw new Fault(
                            FaultKind.UNKNOWN_KEY,
                            "'tagrouter' has no key '" + Fault.shown(name) + "'; known keys: theta, models, tags",
                            "tagrouter");
            }
        }
        return new ChatBody.Wish(theta, models, tags);
    }

    private static Double theta(JsonParser json, JsonToken value) throws IOException, Fault {
        if (!value.isNumeric()) {
            throw new Fault(FaultKind.INVALID_VALUE, "'tagrouter.theta' is not a number; give one", "tagrouter.theta");
        }
        return json.getDoubleValue();
    }

    private static List<String> names(JsonParser json, JsonToken value, String param, String what)
            throws IOException, Fault {
        List<String> names = new ArrayList<>();
        if (value != JsonToken.START_ARRAY) {
            throw new Fault(FaultKind.INVALID_VALUE, "'" + param + "' is not an array; give " + what, param);
        }
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token != JsonToken.VALUE_STRING) {
                throw new Fault(FaultKind.INVALID_VALUE, "'" + param + "' holds no string; give " + what, param);
            }
            names.add(json.getText());
            requireCount(names, param);
        }
        return names;
    }

    private static void requireCount(List<String> names, String param) throws Fault {
        if (names.size() > MAX_NAMES) {
            throw new Fault(
                    FaultKind.INVALID_VALUE,
                    "'" + param + "' has more than " + MAX_NAMES + " names; give fewer",
                    param);
        }
    }

    /** Reads the request headers. */
    static ChatBody.Wish ofHeaders(MultiMap headers) throws Fault {
        String theta = headers.get(THETA_HEADER);
        String models = headers.get(MODELS_HEADER);
        String tags = headers.get(TAGS_HEADER);
        return theta == null && models == null && tags == null
                ? ChatBody.Wish.NONE
                : new ChatBody.Wish(
                        theta == null ? null : thetaOf(theta, THETA_HEADER),
                        models == null ? null : namesOf(models, MODELS_HEADER),
                        tags == null ? null : namesOf(tags, TAGS_HEADER));
    }

    /** A theta written as text. */
    static Double thetaOf(String text, String param) throws Fault {
        try {
            return Double.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new Fault(
                    FaultKind.INVALID_VALUE,
                    "theta is '" + Fault.shown(text)
                            + "'; give a number from -1 (always the cheapest) over 0 (default) to 1 (highest quality)",
                    param);
        }
    }

    private static List<String> namesOf(String value, String header) throws Fault {
        if (value.length() > MAX_HEADER_BYTES) {
            throw new Fault(
                    FaultKind.INVALID_VALUE,
                    header + " is longer than " + MAX_HEADER_BYTES + " bytes; give fewer names",
                    header);
        }
        List<String> names = new ArrayList<>();
        for (String part : value.split(",", -1)) {
            String name = percentDecoded(part.strip());
            if (name == null || name.isBlank()) {
                throw new Fault(
                        FaultKind.INVALID_VALUE,
                        header + " holds '" + Fault.shown(part) + "'; give percent-encoded names and commas",
                        header);
            }
            names.add(name);
            requireCount(names, header);
        }
        return names;
    }

    /** The text behind percent signs, or null where they are malformed. */
    private static @Nullable String percentDecoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] out = new byte[in.length];
        int size = 0;
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '%') {
                out[size++] = in[i];
                continue;
            }
            int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                return null;
            }
            out[size++] = (byte) (high << 4 | low);
            i += 2;
        }
        return new String(out, 0, size, StandardCharsets.UTF_8);
    }
}
