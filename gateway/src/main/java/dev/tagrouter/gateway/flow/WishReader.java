package dev.tagrouter.gateway.flow;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tagrouter.gateway.config.Ability;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a client asks of the routing, from the body's {@code tagrouter} member and from headers. */
final class WishReader {
    static final String THETA_HEADER = "x-tagrouter-theta";
    static final String MODELS_HEADER = "x-tagrouter-models";
    static final String EXCLUDE_HEADER = "x-tagrouter-exclude";
    static final String MAX_COST_HEADER = "x-tagrouter-max-cost-usd";
    private static final String TAGS_HEADER = "x-tagrouter-tags";
    private static final String REQUIRE_HEADER = "x-tagrouter-require";
    private static final String DEADLINE_HEADER = "x-tagrouter-deadline-ms";
    private static final String SESSION_HEADER = "x-session-id";
    private static final int MAX_SESSION = 256;
    private static final String PREFIX = "x-tagrouter-";
    private static final List<String> KEYS =
            List.of("theta", "models", "tags", "exclude", "require", "max_cost_usd", "deadline_ms");
    private static final List<String> HEADERS = List.of(
            THETA_HEADER, MODELS_HEADER, TAGS_HEADER, EXCLUDE_HEADER, REQUIRE_HEADER, MAX_COST_HEADER, DEADLINE_HEADER);
    private static final Set<String> LISTS = Set.of(MODELS_HEADER, TAGS_HEADER, EXCLUDE_HEADER, REQUIRE_HEADER);
    private static final int MAX_NAMES = 32;
    private static final int MAX_HEADER_BYTES = 4096;
    private static final double LONGEST_MILLIS = 24 * 3600e3;

    private final Set<String> seen = new HashSet<>();
    private @Nullable Double theta;
    private @Nullable List<String> models;
    private @Nullable List<String> tags;
    private @Nullable List<String> exclude;
    private @Nullable Set<Ability> require;
    private @Nullable Double maxCostUsd;
    private @Nullable Long deadlineNanos;

    private WishReader() {}

    private ChatBody.Wish wish() {
        return new ChatBody.Wish(theta, models, tags, exclude, require, maxCostUsd, deadlineNanos);
    }

    /** Reads the member's value, of which the parser stands at the first token; the parser ends at the last. */
    static ChatBody.Wish ofBody(JsonParser json, JsonToken first) throws IOException, Fault {
        if (first != JsonToken.START_OBJECT) {
            throw invalid(
                    "'tagrouter' is not an object; give {\"theta\": 0.2, \"models\": [..], \"tags\": [..]} or leave it out",
                    "tagrouter");
        }
        WishReader reader = new WishReader();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            reader.member(json, json.currentName(), json.nextToken());
        }
        return reader.wish();
    }

    private void member(JsonParser json, String name, JsonToken value) throws IOException, Fault {
        String param = "tagrouter." + name;
        if (KEYS.contains(name) && !seen.add(name)) {
            throw new Fault(FaultKind.DUPLICATE_KEY, "'" + param + "' stands twice in the body; send it once", param);
        }
        switch (name) {
            case "theta" -> theta = number(json, value, param);
            case "models" -> models = names(json, value, param, "model names");
            case "tags" -> tags = names(json, value, param, "tags");
            case "exclude" -> exclude = names(json, value, param, "model names");
            case "require" ->
                require = abilities(names(json, value, param, String.join(", ", Ability.labels())), param);
            case "max_cost_usd" -> maxCostUsd = cost(number(json, value, param), param);
            case "deadline_ms" -> deadlineNanos = deadline(number(json, value, param), param);
            default ->
                throw new Fault(
                        FaultKind.UNKNOWN_KEY,
                        "'tagrouter' has no key '" + Fault.shown(name) + "'; known keys: " + String.join(", ", KEYS),
                        "tagrouter");
        }
    }

    private static double number(JsonParser json, JsonToken value, String param) throws IOException, Fault {
        if (!value.isNumeric()) {
            throw invalid("'" + param + "' is not a number; give one", param);
        }
        return json.getDoubleValue();
    }

    private static List<String> names(JsonParser json, JsonToken value, String param, String what)
            throws IOException, Fault {
        List<String> names = new ArrayList<>();
        if (value != JsonToken.START_ARRAY) {
            throw invalid("'" + param + "' is not an array; give " + what, param);
        }
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token != JsonToken.VALUE_STRING) {
                throw invalid("'" + param + "' holds no string; give " + what, param);
            }
            names.add(json.getText());
            requireCount(names, param);
        }
        return names;
    }

    private static void requireCount(List<String> names, String param) throws Fault {
        if (names.size() > MAX_NAMES) {
            throw invalid("'" + param + "' has more than " + MAX_NAMES + " names; give fewer", param);
        }
    }

    private static Set<Ability> abilities(List<String> names, String param) throws Fault {
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        for (String name : names) {
            Ability ability = Ability.of(name);
            if (ability == null) {
                throw invalid(
                        "'" + param + "' holds '" + Fault.shown(name) + "'; give some of "
                                + String.join(", ", Ability.labels()),
                        param);
            }
            abilities.add(ability);
        }
        return abilities;
    }

    private static double cost(double usd, String param) throws Fault {
        if (!(usd >= 0 && usd < Double.POSITIVE_INFINITY)) {
            throw invalid("'" + param + "' is " + usd + "; give USD for the whole answer, 0 or more", param);
        }
        return usd;
    }

    private static long deadline(double millis, String param) throws Fault {
        if (!(millis >= 1 && millis <= LONGEST_MILLIS)) {
            throw invalid(
                    "'" + param + "' is " + millis + "; give milliseconds for the whole answer, 1 to "
                            + (long) LONGEST_MILLIS,
                    param);
        }
        return (long) (millis * 1e6);
    }

    /** Reads the request headers. */
    static ChatBody.Wish ofHeaders(MultiMap headers) throws Fault {
        WishReader reader = new WishReader();
        boolean any = false;
        for (Map.Entry<String, String> header : headers) {
            // Looked at one by one: most requests have none, and a look for each name costs more.
            String name = header.getKey();
            if (name.regionMatches(/* ignoreCase */ true, 0, PREFIX, 0, PREFIX.length())) {
                any = true;
                reader.header(name.toLowerCase(Locale.ROOT), header.getValue());
            }
        }
        return any ? reader.wish() : ChatBody.Wish.NONE;
    }

    /** The client's name for the conversation, or null. */
    static @Nullable String sessionOf(MultiMap headers) throws Fault {
        String session = headers.get(SESSION_HEADER);
        if (session != null && (session.isBlank() || session.length() > MAX_SESSION)) {
            throw invalid(
                    SESSION_HEADER + " is blank or longer than " + MAX_SESSION + " characters; give a short id",
                    SESSION_HEADER);
        }
        return session;
    }

    /** A list may go on in another header of its name (RFC 9110, 5.3); of anything else one counts. */
    private void header(String name, String value) throws Fault {
        if (!seen.add(name) && !LISTS.contains(name)) {
            throw new Fault(FaultKind.DUPLICATE_KEY, "the header " + name + " stands twice; send it once", name);
        }
        switch (name) {
            case THETA_HEADER -> theta = thetaOf(value, name);
            case MODELS_HEADER -> models = namesOf(models, value, name);
            case TAGS_HEADER -> tags = namesOf(tags, value, name);
            case EXCLUDE_HEADER -> exclude = namesOf(exclude, value, name);
            case REQUIRE_HEADER -> {
                Set<Ability> further = abilities(namesOf(null, value, name), name);
                further.addAll(require == null ? Set.of() : require);
                require = further;
            }
            case MAX_COST_HEADER -> maxCostUsd = cost(numberOf(value, name, "USD for the whole answer"), name);
            case DEADLINE_HEADER -> deadlineNanos = deadline(numberOf(value, name, "milliseconds"), name);
            default ->
                throw new Fault(
                        FaultKind.UNKNOWN_KEY,
                        "there is no request header '" + Fault.shown(name) + "'; known: " + String.join(", ", HEADERS),
                        name);
        }
    }

    private static double numberOf(String text, String header, String what) throws Fault {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw invalid(header + " is '" + Fault.shown(text) + "'; give " + what, header);
        }
    }

    /** A theta written as text. */
    static Double thetaOf(String text, String param) throws Fault {
        try {
            return Double.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw invalid(
                    "theta is '" + Fault.shown(text)
                            + "'; give a number from -1 (always the cheapest) over 0 (default) to 1 (highest quality)",
                    param);
        }
    }

    private static List<String> namesOf(@Nullable List<String> before, String value, String header) throws Fault {
        if (value.length() > MAX_HEADER_BYTES) {
            throw invalid(header + " is longer than " + MAX_HEADER_BYTES + " bytes; give fewer names", header);
        }
        List<String> names = new ArrayList<>(before == null ? List.of() : before);
        for (String part : value.split(",", -1)) {
            String name = percentDecoded(part.strip());
            if (name == null || name.isBlank()) {
                throw invalid(
                        header + " holds '" + Fault.shown(part) + "'; give percent-encoded names and commas", header);
            }
            names.add(name);
            requireCount(names, header);
        }
        return names;
    }

    private static Fault invalid(String message, String param) {
        return new Fault(FaultKind.INVALID_VALUE, message, param);
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
