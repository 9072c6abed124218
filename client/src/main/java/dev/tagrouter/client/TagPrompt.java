package dev.tagrouter.client;

import dev.tagrouter.core.tagging.Query;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a teacher is told: a text file with {@code {query}} where the query goes. A line {@code ---} parts the system
 * message from the user's; without one all of it is the user's.
 */
public final class TagPrompt {
    private static final String QUERY = "{query}";
    private static final String PARTING = "---";

    private final @Nullable String system;
    private final String user;
    private final String id;

    private TagPrompt(@Nullable String system, String user, String id) {
        this.system = system;
        this.user = user;
        this.id = id;
    }

    /** The prompt that TagRouter brings along for a form. */
    public static TagPrompt standard(AnswerForm form) {
        return parse(standardText(form), "the built-in prompt");
    }

    /** The same as text, for a user to edit. */
    public static String standardText(AnswerForm form) {
        try (InputStream in = TagPrompt.class.getResourceAsStream(form.promptResource())) {
            if (in == null) {
                throw new IllegalStateException("resource " + form.promptResource() + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a prompt file.
     *
     * @throws IOException when it is missing, not UTF-8, or has no place for the query
     */
    public static TagPrompt read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(
                    "prompt file '" + file + "' does not exist; give a text file with " + QUERY + " in it");
        }
        byte[] bytes = Files.readAllBytes(file);
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("prompt file '" + file + "' is not UTF-8 text; convert it", e);
        }
        try {
            return parse(text, "prompt file '" + file + "'");
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static TagPrompt parse(String text, String place) {
        StringBuilder first = new StringBuilder();
        StringBuilder second = new StringBuilder();
        boolean parted = false;
        for (String line : text.lines().toList()) {
            if (!parted && line.strip().equals(PARTING)) {
                parted = true;
            } else {
                (parted ? second : first).append(line).append('\n');
            }
        }
        String user = (parted ? second : first).toString().strip();
        if (!user.contains(QUERY)) {
            throw new IllegalArgumentException(place + " has no " + QUERY + (parted ? " after its line ---" : "")
                    + "; write it where the query goes");
        }
        return new TagPrompt(parted ? first.toString().strip() : null, user, hash(text));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Eight hexadecimal digits that change with the text. */
    public String id() {
        return id;
    }

    /** The system message, or null for none. */
    @Nullable
    String system() {
        return system;
    }

    /**
     * What is tagged of a conversation as text, for {@link Teacher#tag}: one turn without a system prompt as it is, more
     * with a word before each that says whose it is, oldest first. Blank where there is nothing to tag. Whatever
     * of a query changes its tags changes this text, so that tags can be kept by it.
     */
    public static String conversation(Query query) {
        List<String> turns =
                query.turns().stream().filter(turn -> !turn.isBlank()).toList();
        if (query.system().isBlank() && turns.size() <= 1) {
            return String.join("", turns);
        }
        StringBuilder text = new StringBuilder();
        if (!query.system().isBlank()) {
            text.append("System: ").append(query.system().strip());
        }
        for (String turn : turns) {
            text.append(text.isEmpty() ? "" : "\n\n").append("User: ").append(turn);
        }
        return text.toString();
    }

    /** The user's message for a query. */
    String user(String query) {
        return user.replace(QUERY, query);
    }

    /** Prompts that say the same are the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TagPrompt prompt
                && prompt.user.equals(user)
                && Objects.equals(prompt.system, system)
                && prompt.id.equals(id);
    }

    @Override
    public int hashCode() {
        return Objects.hash(system, user, id);
    }
}
