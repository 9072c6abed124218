package dev.tagrouter.core.profile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The outer form of {@code stats.bin}, little-endian: 8 bytes {@code TAGRSTAT}, a 32-bit version, the 64-bit length of
 * the body, the SHA-256 of what follows, then the body, deflated (zlib). What the body means is learning's business.
 */
final class StatsContainer {
    static final int VERSION = 1;
    private static final byte[] MAGIC = "TAGRSTAT".getBytes(StandardCharsets.US_ASCII);
    private static final int SHA_BYTES = 32;
    private static final int HEADER_BYTES = MAGIC.length + Integer.BYTES + Long.BYTES + SHA_BYTES;
    private static final long MAX_BODY_BYTES = 1L << 30;

    private StatsContainer() {}

    static byte[] wrap(byte[] body) {
        if (body.length > MAX_BODY_BYTES) {
            throw new IllegalArgumentException("the statistics take " + (body.length >> 20)
                    + " MiB, more than stats.bin holds; learn without them, or with a smaller vocabulary");
        }
        byte[] deflated = deflate(body);
        return ByteBuffer.allocate(HEADER_BYTES + deflated.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putInt(VERSION)
                .putLong(body.length)
                .put(sha256(deflated, 0))
                .put(deflated)
                .array();
    }

    private static byte[] deflate(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
                DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater)) {
            deflated.write(body);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be written", e);
        }
        return out.toByteArray();
    }

    /** @param place what to call the file in an error */
    static byte[] unwrap(String place, byte[] content) throws ProfileException {
        ByteBuffer in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        if (content.length < HEADER_BYTES || !Arrays.equals(content, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw damaged(place, "it does not begin as one");
        }
        int version = in.position(MAGIC.length).getInt();
        if (version != VERSION) {
            throw new ProfileException(place + " has format version " + version + ", this program reads version "
                    + VERSION + "; " + (version > VERSION ? "update TagRouter" : "learn the profile again"));
        }
        long length = in.getLong();
        byte[] checksum = new byte[SHA_BYTES];
        in.get(checksum);
        if (!Arrays.equals(checksum, sha256(content, HEADER_BYTES))) {
            throw damaged(place, "its content does not match its checksum");
        }
        if (length < 0 || length > MAX_BODY_BYTES) {
            throw damaged(place, "it claims a length of " + length + " bytes");
        }
        try (InflaterInputStream inflated = new InflaterInputStream(
                new ByteArrayInputStream(content, HEADER_BYTES, content.length - HEADER_BYTES))) {
            byte[] body = inflated.readNBytes((int) length + 1);
            if (body.length != length) {
                throw damaged(place, "its length is not the one it states");
            }
            return body;
        } catch (ProfileException e) {
            throw e;
        } catch (IOException e) {
            throw damaged(place, String.valueOf(e.getMessage()));
        }
    }

    private static ProfileException damaged(String place, String how) {
        return new ProfileException(place + " is damaged: " + how
                + "; restore it or learn the profile again (routing does not need it, so deleting it helps too)");
    }

    private static byte[] sha256(byte[] content, int from) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content, from, content.length - from);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
