package dev.tagrouter.lab.importer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tagrouter.lab.LabException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a log says how good an answer was, and on which scale.
 *
 * @param field the member that holds it, members of members joined by dots, or null for the first that is there of
 *     {@code rating}, {@code score}, {@code feedback}, {@code quality}
 * @param worst what stands for quality 0
 * @param best what stands for quality 1; may lie below {@code worst}, where a rating of 1 is the best grade
 */
public record Rating(@Nullable String field, double worst, double best) {
    private static final List<String> USUAL = List.of("rating", "score", "feedback", "quality");

    public Rating {
        if (!Double.isFinite(worst) || !Double.isFinite(best) || worst == best) {
            throw new IllegalArgumentException(
                    "the scale runs from " + worst + " to " + best + "; give two different numbers, such as 1:5");
        }
    }

    /** The usual members, already from 0 to 1. */
    public static Rating standard() {
        return new Rating(null, 0, 1);
    }

    /** The member that holds a row's rating; missing where the row has none. */
    private JsonNode member(JsonNode row) {
        if (field != null) {
            JsonNode at = row;
            for (String name : List.of(field.split("\\.", -1))) {
                at = at.path(name);
            }
            return at;
        }
        for (String name : USUAL) {
            if (!row.path(name).isMissingNode()) {
                return row.path(name);
            }
        }
        return row.path(USUAL.getFirst());
    }

    /**
     * The quality of a row's answer, in [0, 1]; NaN where nobody rated it.
     *
     * <p>True, "up", "good", "yes" and "thumbs_up" are 1 and their opposites 0, whatever the scale.
     *
     * @throws LabException when there is a rating that says nothing on this scale
     */
    double quality(JsonNode row, String place) throws LabException {
        JsonNode value = member(row);
        if (value.isMissingNode() || value.isNull()) {
            return Double.NaN;
        }
        if (value.isBoolean()) {
            return value.asBoolean() ? 1 : 0;
        }
        double quality = (number(value, place) - worst) / (best - worst);
        if (quality >= 0 && quality <= 1) {
            return quality;
        }
        throw new LabException(place + ": the rating " + value + " lies outside " + worst + " to " + best
                + "; correct it, or give the scale with --rating-scale");
    }

    private double number(JsonNode value, String place) throws LabException {
        if (value.isNumber()) {
            return value.asDouble();
        }
        String word = value.asText().strip().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "up", "good", "yes", "thumbs_up" -> best;
            case "down", "bad", "no", "thumbs_down" -> worst;
            default -> number(word, value, place);
        };
    }

    private static double number(String word, JsonNode value, String place) throws LabException {
        try {
            double number = Double.parseDouble(word);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw unknown(value, place);
        }
        throw unknown(value, place);
    }

    private static LabException unknown(JsonNode value, String place) {
        return new LabException(place + ": the rating " + value
                + " is neither a number nor good or bad; correct it, or name another member with --rating-field");
    }
}
