package dev.tagrouter.core.tagging;

import java.util.List;
import java.util.Objects;

/**
 * What a user asked: the user turns of a conversation, oldest first, and the length of everything that is sent along.
 *
 * <p>The newest turn weighs 1, each older one half of its successor, and only the {@value #TAGGED_TURNS} newest are
 * tagged: a follow-up ("now in French") keeps the subject of what it follows without drowning in it.
 *
 * @param turns user turns, oldest first; may be empty or blank (such a query has no tags)
 * @param promptCharacters characters of the whole prompt (system prompt and answers included), for the expected cost;
 *     a token is taken as four characters
 */
public record Query(List<String> turns, long promptCharacters) {
    /** How many of the newest turns are tagged. */
    public static final int TAGGED_TURNS = 4;

    public Query {
        turns = List.copyOf(turns);
        if (promptCharacters < 0) {
            throw new IllegalArgumentException(
                    "promptCharacters is negative: " + promptCharacters + "; give the prompt's length in characters");
        }
    }

    /** A query of one turn whose prompt is that turn. */
    public static Query of(String text) {
        Objects.requireNonNull(text, "text");
        return new Query(List.of(text), text.length());
    }

    /** The weight of the turn at {@code index} (0 is the oldest): 1 for the newest, halved with each step back. */
    public float weight(int index) {
        int age = turns.size() - 1 - index;
        return age >= TAGGED_TURNS ? 0f : 1f / (1 << age);
    }

    /** Expected input tokens: a quarter of the prompt's characters, rounded up. */
    public long inputTokens() {
        return Math.ceilDiv(promptCharacters, 4);
    }
}
