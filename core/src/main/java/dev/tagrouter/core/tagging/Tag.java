package dev.tagrouter.core.tagging;

/**
 * One tag of a query.
 *
 * @param name the tag's canonical spelling
 * @param confidence the probability, in [0, 1], that the teacher would have written this tag
 */
public record Tag(String name, double confidence) {
    public Tag {
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException(
                    "confidence of tag '" + name + "' is " + confidence + "; it must lie in [0, 1]");
        }
    }
}
