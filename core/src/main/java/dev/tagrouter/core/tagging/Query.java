package dev.tagrouter.core.tagging;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * What of a conversation is tagged: its newest user turns that have content, and how its system prompt begins; with the
 * length of everything that is sent along. Answers of the assistant are not tagged: they say what a model was good for,
 * not what is asked of the next one (docs/adr/0012-conversations.md).
 *
 * <p>A turn without content of its own ("continue", "thanks", "好的", blank) is left out, so that what it follows counts
 * as the newest turn; a conversation of nothing else keeps those that are not blank, or the last. Two conversations that differ only in
 * what is not tagged have equal {@code system} and {@code turns}, so whoever keeps tags by these keeps them right.
 *
 * @param system the system prompt, cut to its first {@value #SYSTEM_CHARACTERS} characters; may be empty
 * @param turns the tagged user turns, oldest first, cut to the {@value #TAGGED_TURNS} newest; may be empty or blank (such
 *     a query has no tags but for its system prompt)
 * @param promptCharacters characters of the whole prompt (system prompt and answers included), for the expected cost;
 *     a token is taken as four characters
 */
public record Query(String system, List<String> turns, long promptCharacters) {
    /** How many of the newest turns are tagged. */
    public static final int TAGGED_TURNS = 4;

    /** How much of a system prompt is read: it says first what the application is. */
    public static final int SYSTEM_CHARACTERS = 1000;

    /** Between what a conversation is about and what its newest turn asks (ADR 12). */
    private static final float DECAY = 0.9f;

    /** How many of the newest turns are looked at for content, so that a conversation of thanks costs no more than one. */
    private static final int LOOKED_AT = 200;

    private static final float[] WEIGHT_BY_AGE = {1, DECAY, DECAY * DECAY, DECAY * DECAY * DECAY};

    public Query {
        Objects.requireNonNull(system, "system");
        system = system.length() <= SYSTEM_CHARACTERS ? system : system.substring(0, SYSTEM_CHARACTERS);
        turns = tagged(turns);
        if (promptCharacters < 0) {
            throw new IllegalArgumentException(
                    "promptCharacters is negative: " + promptCharacters + "; give the prompt's length in characters");
        }
    }

    /** A conversation without a system prompt. */
    public Query(List<String> turns, long promptCharacters) {
        this("", turns, promptCharacters);
    }

    /** A query of one turn whose prompt is that turn. */
    public static Query of(String text) {
        Objects.requireNonNull(text, "text");
        return new Query(List.of(text), text.length());
    }

    private static List<String> tagged(List<String> turns) {
        if (turns.size() <= 1) {
            return List.copyOf(turns);
        }
        List<String> newestFirst = new ArrayList<>(TAGGED_TURNS);
        for (int i = turns.size() - 1; i >= 0 && newestFirst.size() < TAGGED_TURNS; i--) {
            if (turns.size() - i > LOOKED_AT || !FollowUp.isEmpty(turns.get(i))) {
                newestFirst.add(turns.get(i));
            }
        }
        if (newestFirst.isEmpty()) {
            return withoutContent(turns.subList(Math.max(0, turns.size() - TAGGED_TURNS), turns.size()));
        }
        Collections.reverse(newestFirst);
        return List.copyOf(newestFirst);
    }

    /** Of turns that have no content those that have text, or the last where none has. */
    private static List<String> withoutContent(List<String> turns) {
        List<String> written = turns.stream().filter(turn -> !turn.isBlank()).toList();
        return written.isEmpty() ? List.of(turns.getLast()) : written;
    }

    /** Whether more than one turn is tagged. */
    public boolean hasSeveralTurns() {
        return turns.size() > 1;
    }

    /** The weight of the turn at {@code index} (0 is the oldest): 1 for the newest, and for an older one 0.9 times that of the next. */
    public float weight(int index) {
        return WEIGHT_BY_AGE[turns.size() - 1 - index];
    }

    /** Expected input tokens: a quarter of the prompt's characters, rounded up. */
    public long inputTokens() {
        return Math.ceilDiv(promptCharacters, 4);
    }
}
