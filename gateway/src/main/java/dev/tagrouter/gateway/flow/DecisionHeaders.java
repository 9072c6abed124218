package dev.tagrouter.gateway.flow;

import dev.tagrouter.core.Routing;
import dev.tagrouter.core.tagging.Tag;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The headers that tell a client who answers and why. */
final class DecisionHeaders {
    private static final CharSequence MODEL = HttpHeaders.createOptimized("x-tagrouter-model");
    private static final CharSequence DECISION_ID = HttpHeaders.createOptimized("x-tagrouter-decision-id");
    private static final CharSequence REASON = HttpHeaders.createOptimized("x-tagrouter-reason");
    private static final CharSequence PROFILE = HttpHeaders.createOptimized("x-tagrouter-profile");
    private static final CharSequence OVERHEAD_US = HttpHeaders.createOptimized("x-tagrouter-overhead-us");
    private static final CharSequence ATTEMPTS = HttpHeaders.createOptimized("x-tagrouter-attempts");
    private static final CharSequence EXPECTED_COST_USD = HttpHeaders.createOptimized("x-tagrouter-expected-cost-usd");
    private static final CharSequence THETA = HttpHeaders.createOptimized("x-tagrouter-theta");
    private static final CharSequence TAGS = HttpHeaders.createOptimized("x-tagrouter-tags");
    private static final CharSequence TAGGER = HttpHeaders.createOptimized("x-tagrouter-tagger");
    private static final CharSequence TAGGER_FALLBACK = HttpHeaders.createOptimized("x-tagrouter-tagger-fallback");
    private static final CharSequence UNKNOWN_TAGS = HttpHeaders.createOptimized("x-tagrouter-unknown-tags");

    private static final int MAX_TAGS_LENGTH = 1024;

    /** Of a cost. */
    private static final int DIGITS = 6;

    /** What brings a cost to a whole number of so many digits; exact. */
    private static final double[] POWERS_OF_TEN = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20
    };

    private DecisionHeaders() {}

    static void put(
            MultiMap headers, Choice choice, String decisionId, String profileId, long overheadNanos, int calls) {
        headers.set(MODEL, encoded(choice.model().name()));
        headers.set(DECISION_ID, decisionId);
        headers.set(REASON, choice.reason());
        headers.set(PROFILE, profileId);
        headers.set(OVERHEAD_US, Long.toString(overheadNanos / 1000));
        if (calls > 1) {
            headers.set(ATTEMPTS, Integer.toString(calls));
        }
        Double cost = choice.expectedCostUsd();
        if (cost != null) {
            headers.set(EXPECTED_COST_USD, sixDigits(cost));
        }
        Routing routing = choice.routing();
        if (routing != null) {
            headers.set(THETA, Double.toString(routing.decision().theta()));
            headers.set(TAGS, tags(routing));
        }
        Tagging tagging = choice.tagging();
        if (tagging != null) {
            put(headers, tagging);
        }
    }

    /** The cost to six digits, without an exponent and without zeros at its end. */
    static String sixDigits(double cost) {
        int places = DIGITS - 1 - (int) Math.floor(Math.log10(cost));
        if (!(cost > 0) || places < 0 || places >= POWERS_OF_TEN.length) {
            return new BigDecimal(cost)
                    .round(new MathContext(DIGITS))
                    .stripTrailingZeros()
                    .toPlainString();
        }
        long digits = Math.round(cost * POWERS_OF_TEN[places]);
        while (digits % 10 == 0 && places > 0) {
            digits /= 10;
            places--;
        }
        return BigDecimal.valueOf(digits, places).toPlainString();
    }

    private static void put(MultiMap headers, Tagging tagging) {
        headers.set(TAGGER, tagging.source().label());
        String fallback = tagging.fallback();
        if (fallback != null) {
            headers.set(TAGGER_FALLBACK, fallback);
        }
        if (!tagging.unknown().isEmpty()) {
            headers.set(UNKNOWN_TAGS, joined(tagging.unknown()));
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
