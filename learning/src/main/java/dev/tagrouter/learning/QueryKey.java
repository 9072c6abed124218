package dev.tagrouter.learning;

import dev.tagrouter.core.tagging.Query;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/**
 * What is kept of a query's text, without regard to case and white space: enough to put the same text into the same fold
 * and to know it again, too little to read it.
 *
 * @param fold in [0, {@value #FOLDS})
 * @param fingerprint the first 32 bits of the text's SHA-256, without sign
 */
record QueryKey(int fold, long fingerprint) {
    static final int FOLDS = 5;

    static QueryKey of(Query query) {
        String text = String.join("\n", query.turns())
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", " ")
                .strip();
        int fold = Math.floorMod((text.hashCode() * 0x9E3779B1) >>> 8, FOLDS);
        return new QueryKey(
                fold, Integer.toUnsignedLong(ByteBuffer.wrap(sha256(text)).getInt()));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
