package dev.tagrouter.core.embedding;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/**
 * Embeddings computed once: a file for each embedder, vectors by a hash of the text, so that no text is stored.
 *
 * <p>The file is a run of records: 16 bytes of hash, the number of dimensions, big-endian floats. A damaged or cut-off
 * file counts as far as it can be read.
 */
public final class EmbeddingCache {
    private static final int HASH_BYTES = 16;
    private static final int MOST_DIMENSIONS = 1 << 16;
    private static final int SAVE_EVERY = 2_000;

    private final Path file;
    private final SentenceEmbedder embedder;
    private final Map<String, float[]> vectors = new TreeMap<>();

    /** Where a user's embeddings are kept unless told otherwise: {@code ~/.cache/tagrouter}. */
    public static Path standardFolder() {
        return Path.of(System.getProperty("user.home"), ".cache", "tagrouter");
    }

    /** @param folder where caches lie; made if need be */
    public EmbeddingCache(Path folder, SentenceEmbedder embedder) throws IOException {
        this.embedder = embedder;
        this.file = folder.resolve("embeddings-" + embedder.id() + ".bin");
        Files.createDirectories(folder);
        if (Files.isRegularFile(file)) {
            load();
        }
    }

    private void load() throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            for (byte[] hash = in.readNBytes(HASH_BYTES); hash.length == HASH_BYTES; hash = in.readNBytes(HASH_BYTES)) {
                int dimensions = in.readInt();
                if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
                    return;
                }
                float[] vector = new float[dimensions];
                for (int i = 0; i < dimensions; i++) {
                    vector[i] = in.readFloat();
                }
                vectors.put(HexFormat.of().formatHex(hash), vector);
            }
        } catch (EOFException e) {
            // Cut off in the middle of a record: what came before it counts.
            return;
        }
    }

    /** The embeddings of some texts, in their order; what is missing is computed and kept. */
    public List<Embedding> of(List<String> texts, LongConsumer computed) throws IOException {
        Map<String, String> keyOf = new HashMap<>();
        Set<String> missing = new TreeSet<>();
        for (String text : texts) {
            if (!vectors.containsKey(keyOf.computeIfAbsent(text, EmbeddingCache::hash))) {
                missing.add(text);
            }
        }
        List<String> todo = List.copyOf(missing);
        for (int from = 0; from < todo.size(); from += SAVE_EVERY) {
            List<String> chunk = todo.subList(from, Math.min(todo.size(), from + SAVE_EVERY));
            Map<String, float[]> fresh = new ConcurrentHashMap<>();
            int before = from;
            chunk.parallelStream().forEach(text -> {
                fresh.put(hash(text), embedder.embed(text));
                computed.accept(before + fresh.size());
            });
            vectors.putAll(fresh);
            save();
        }
        return texts.stream()
                .map(text -> Embedding.of(vectors.getOrDefault(keyOf.getOrDefault(text, ""), new float[0])))
                .toList();
    }

    /** How many of some texts would have to be computed. */
    public long missing(List<String> texts) {
        return texts.stream()
                .distinct()
                .filter(text -> !vectors.containsKey(hash(text)))
                .count();
    }

    private static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(bytes), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private void save() throws IOException {
        Path beside = Files.createTempFile(file.toAbsolutePath().getParent(), "embeddings", ".part");
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(beside), 1 << 16))) {
            for (Map.Entry<String, float[]> entry : vectors.entrySet()) {
                out.write(HexFormat.of().parseHex(entry.getKey()));
                out.writeInt(entry.getValue().length);
                for (float value : entry.getValue()) {
                    out.writeFloat(value);
                }
            }
        }
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
