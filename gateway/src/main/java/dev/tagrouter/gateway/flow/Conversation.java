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
    /** Two independent hashes. */
    record Key(long first, long second) {
        private static final Key START = new Key(0x9E3779B97F4A7C15L, 0xC2B2AE3D27D4EB4FL);
        /** Of the second hash's characters one in so many is read: the first reads them all, and faster than a loop can. */
        private static final int STRIDE = 16;

        Key and(String text) {
            long b = second + text.length();
            for (int i = 0; i < text.length(); i += STRIDE) {
                b = b * 0x5851F42D4C957F2DL + text.charAt(i);
            }
            return new Key(mixed(first ^ ((long) text.length() << 32 | (text.hashCode() & 0xFFFFFFFFL))), mixed(b));
        }

        private static long mixed(long h) {
            long x = (h ^ h >>> 33) * 0xFF51AFD7ED558CCDL;
            return x ^ x >>> 29;
        }
    }

    /**
     * What makes a conversation known, not yet looked at: most requests for a named model never need it.
     *
     * @param userTurns all of them, oldest first
     * @param goesOn whether something follows the last of them, so that the same turn is answered further
     */
    record Said(String system, List<String> userTurns, boolean goesOn) {
        Conversation conversation() {
            Key key = Key.START.and(system);
            Key before = null;
            for (int i = 0; i < userTurns.size(); i++) {
                before = i == 0 ? null : key;
                key = key.and(userTurns.get(i));
            }
            return new Conversation(goesOn && !userTurns.isEmpty() ? key : before, key);
        }
    }

    /** A conversation that the client has a name for. */
    static Conversation named(String session) {
        Key key = Key.START.and("session").and(session);
        return new Conversation(key, key);
    }
}
