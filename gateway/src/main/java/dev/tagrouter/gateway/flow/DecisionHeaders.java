package dev.tagrouter.gateway.flow;

import dev.tagrouter.core.Routing;
import dev.tagrouter.core.tagging.Tag;
import io.vertx.core.MultiMap;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The headers that tell a client who answers and why. */
final class DecisionHeaders {
    private static final int MAX_TAGS_LENGTH = 1024;

    private DecisionHeaders() {}

    static void put(
            MultiMap headers, Choice choice, String decisionId, String profileId, long overheadNanos, int calls) {
        headers.set("x-tagrouter-model", encoded(choice.model().name()));
        headers.set("x-tagrouter-decision-id", decisionId);
        headers.set("x-tagrouter-reason", choice.reason());
        headers.set("x-tagrouter-profile", profileId);
        headers.set("x-tagrouter-overhead-us", Long.toString(overheadNanos / 1000));
        if (calls > 1) {
            headers.set("x-tagrouter-attempts", Integer.toString(calls));
        }
        Double cost = choice.expectedCostUsd();
        if (cost != null) {
            headers.set(
                    "x-tagrouter-expected-cost-usd",
                    new BigDecimal(cost).round(new MathContext(6)).toPlainString());
        }
        Routing routing = choice.routing();
        if (routing != null) {
            headers.set("x-tagrouter-theta", Double.toString(routing.decision().theta()));
            headers.set("x-tagrouter-tags", tags(routing));
        }
        Tagging tagging = choice.tagging();
        if (tagging != null) {
            put(headers, tagging);
        }
    }

    private static void put(MultiMap headers, Tagging tagging) {
        headers.set("x-tagrouter-tagger", tagging.source().label());
        String fallback = tagging.fallback();
        if (fallback != null) {
            headers.set("x-tagrouter-tagger-fallback", fallback);
        }
        if (!tagging.unknown().isEmpty()) {
            headers.set("x-tagrouter-unknown-tags", joined(tagging.unknown()));
        }
    }

    /** As many of the stated tags as fit, surest first. */
    private static String tags(Routing routing) {
        StringBuilder tags = new StringBuilder();
        for (Tag tag : routing.tags().stated()) {
            if (!append(tags, tag.name())) {
                break;
            }
        }
        return tags.toString();
    }

    /** As many of the names as fit, in their order. */
    private static String joined(List<String> names) {
        StringBuilder joined = new StringBuilder();
        for (String name : names) {
            if (!append(joined, name)) {
                break;
            }
        }
        return joined.toString();
    }

    private static boolean append(StringBuilder list, String name) {
        String next = encoded(name);
        if (list.length() + next.length() >= MAX_TAGS_LENGTH) {
            return false;
        }
        list.append(list.isEmpty() ? "" : ",").append(next);
        return true;
    }

    /** Percent-encodes what a header or the list of tags cannot carry. */
    private static String encoded(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f && b != ',' && b != '%' && b != '"') {
                out.append((char) b);
            } else {
                out.append('%')
                        .append(Character.toUpperCase(Character.forDigit(b >> 4 & 15, 16)))
                        .append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
            }
        }
        return out.toString();
    }
}
