package dev.tagrouter.gateway.flow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By what a conversation is known again: the session that the client names, or else what its user has said.
 *
 * <p>A follow-up repeats all user turns before its own. So a request is remembered under all of its user turns, and looked
 * up under those before the last; where the model itself goes on (a tool's result came in), under all of them. Two
 * conversations that begin alike share what is remembered as long as they are alike, which is as long as it is right
 * for both.
 *
 * @param earlier what the turn before was remembered under, or null where this is the first
 * @param now what this turn is remembered under
 */
record Conversation(Conversation.@Nullable Key earlier, Key now) {
    /** Enough of a turn to tell conversations apart; of longer ones the length counts too. */
    private static final int READ = 4096;

    /** Two independent hashes. */
    record Key(long first, long second) {
        private static final Key START = new Key(0x9E3779B97F4A7C15L, 0xC2B2AE3D27D4EB4FL);

        Key and(String text) {
            long a = first ^ text.length();
            long b = second + text.length();
            for (int i = 0, end = Math.min(text.length(), READ); i < end; i++) {
                char c = text.charAt(i);
                a = (a ^ c) * 0x100000001B3L;
                b = b * 0x5851F42D4C957F2DL + c;
            }
            return new Key(mixed(a), mixed(b));
        }

        private static long mixed(long h) {
            long x = (h ^ h >>> 33) * 0xFF51AFD7ED558CCDL;
            return x ^ x >>> 29;
        }
    }

    /** A conversation that the client has a name for. */
    static Conversation named(String session) {
        Key key = Key.START.and("session").and(session);
        return new Conversation(key, key);
    }

    /**
     * A conversation known by what was said.
     *
     * @param userTurns all of them, oldest first
     * @param goesOn whether something follows the last of them, so that the same turn is answered further
     */
    static Conversation said(String system, List<String> userTurns, boolean goesOn) {
        Key key = Key.START.and(system);
        Key before = null;
        for (int i = 0; i < userTurns.size(); i++) {
            before = i == 0 ? null : key;
            key = key.and(userTurns.get(i));
        }
        return new Conversation(goesOn && !userTurns.isEmpty() ? key : before, key);
    }
}
