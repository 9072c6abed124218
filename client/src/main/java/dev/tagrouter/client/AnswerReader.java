package dev.tagrouter.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tagrouter.client.FreeTags.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads tags out of what a model wrote, from the strictest form to the loosest: JSON, alone, in fences or amid prose;
 * a line "tags: a, b, c"; numbered or bulleted lines; a bare list with commas or one tag a line.
 */
final class AnswerReader {
    /** Nobody asks for more than six; a model that writes twice that has not understood. */
    static final int MOST_TAGS = 12;

    private static final int SHOWN = 80;
    private static final int MOST_JSON_STARTS = 20;
    /** Possessive and within a line, so that no answer takes longer than its length. */
    private static final Pattern FENCE = Pattern.compile("(?s)```[a-zA-Z]*+\\s*+(.*?)```");

    private static final Pattern LABELLED =
            Pattern.compile("(?im)^[\\h*#\\[]*+(?:tags?|标签)[\\h*\\]]*+[:：][\\s*]*+(.+)$");
    private static final Pattern ITEM = Pattern.compile("(?m)^\\h*+(?:[-*•]|\\d{1,3}[.)、])\\h*+(.+)$");
    private static final Pattern THOUGHT_OPENS = Pattern.compile("<think(?:ing)?>");
    private static final Pattern THOUGHT_CLOSES = Pattern.compile("</think(?:ing)?>");
    private static final Pattern COMMAS = Pattern.compile("[,，、;；|]");
    private static final Pattern LINES = Pattern.compile("\\R");
    /** Python's quotes and forgotten commas are common. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    private AnswerReader() {}

    /** The text without what a reasoning model thought aloud; an unclosed thought stays, and is searched for once only. */
    private static String withoutThoughts(String text) {
        StringBuilder rest = new StringBuilder();
        Matcher opens = THOUGHT_OPENS.matcher(text);
        Matcher closes = THOUGHT_CLOSES.matcher(text);
        int at = 0;
        while (opens.find(at) && closes.find(opens.end())) {
            rest.append(text, at, opens.start());
            at = closes.end();
        }
        return rest.append(text, at, text.length()).toString();
    }

    /** The tags in an answer, or how it fails. */
    static FreeTags read(Reply.Said said, AnswerForm form) {
        String text = withoutThoughts(said.text()).strip();
        if (text.isEmpty()) {
            return failed(said.cutOff() ? Failure.CUT_OFF : Failure.EMPTY, said, "nothing");
        }
        List<String> written = ofJson(text);
        boolean json = text.indexOf('{') >= 0 || text.indexOf('[') >= 0;
        if (written == null) {
            written = ofText(text);
        }
        if (written == null && said.cutOff()) {
            return failed(Failure.CUT_OFF, said, text);
        }
        if (written == null) {
            return failed(json ? Failure.WRONG_JSON : Failure.PROSE, said, text);
        }
        return judged(written, said, form, text);
    }

    private static FreeTags judged(List<String> written, Reply.Said said, AnswerForm form, String text) {
        Set<String> tags = new LinkedHashSet<>();
        boolean foreign = false;
        boolean prose = false;
        for (String tag : written) {
            String tidy = TidyTag.of(tag);
            if (tidy.isEmpty()) {
                continue;
            }
            if (TidyTag.isTooLong(tidy)) {
                prose = true;
            } else if (form.latinOnly() && !TidyTag.isLatin(tidy)) {
                foreign = true;
            } else {
                tags.add(tidy);
            }
        }
        if (tags.size() > MOST_TAGS) {
            return failed(Failure.TOO_MANY, said, tags.size() + " tags, more than " + MOST_TAGS + ": " + text);
        }
        if (tags.isEmpty()) {
            return failed(foreign ? Failure.OTHER_LANGUAGE : prose ? Failure.PROSE : Failure.EMPTY, said, text);
        }
        return new FreeTags.Tagged(List.copyOf(tags), said.usage());
    }

    private static FreeTags failed(Failure failure, Reply.Said said, String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ");
        int end = Math.min(SHOWN, line.length());
        return new FreeTags.Failed(
                failure,
                "the model answered: " + (end < line.length() ? line.substring(0, end) + "..." : line),
                said.usage());
    }

    private static @Nullable List<String> ofJson(String text) {
        Matcher fence = FENCE.matcher(text);
        while (fence.find()) {
            List<String> fenced = firstJson(fence.group(1));
            if (fenced != null) {
                return fenced;
            }
        }
        return firstJson(text);
    }

    /** The first JSON value in a text that holds tags. */
    private static @Nullable List<String> firstJson(String text) {
        int tried = 0;
        for (int i = 0; i < text.length() && tried < MOST_JSON_STARTS; i++) {
            if (text.charAt(i) == '{' || text.charAt(i) == '[') {
                tried++;
                List<String> tags = jsonAt(text, i);
                if (tags != null) {
                    return tags;
                }
            }
        }
        return null;
    }

    private static @Nullable List<String> jsonAt(String text, int start) {
        try (JsonParser parser = JSON.createParser(text.substring(start))) {
            return ofNode(JSON.readTree(parser));
        } catch (IOException e) {
            return null;
        }
    }

    /** An array of strings or of objects with a name, alone or as {@code tags} or the only member of an object. */
    private static @Nullable List<String> ofNode(@Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        if (node.isObject()) {
            JsonNode tags = node.has("tags")
                    ? node.get("tags")
                    : node.size() == 1 ? node.iterator().next() : null;
            if (tags != null && tags.isTextual()) {
                return List.of(COMMAS.split(tags.textValue()));
            }
            return tags == null || !tags.isArray() ? null : ofNode(tags);
        }
        if (!node.isArray()) {
            return null;
        }
        List<String> tags = new ArrayList<>();
        for (JsonNode item : node) {
            JsonNode name = item.isObject() ? (item.has("tag") ? item.get("tag") : item.path("name")) : item;
            if (!name.isTextual()) {
                return null;
            }
            tags.add(name.textValue());
        }
        return tags;
    }

    private static @Nullable List<String> ofText(String text) {
        Matcher labelled = LABELLED.matcher(text);
        if (labelled.find()) {
            return List.of(COMMAS.split(labelled.group(1)));
        }
        List<String> items = new ArrayList<>();
        Matcher item = ITEM.matcher(text);
        while (item.find()) {
            // What follows a colon or a dash explains the tag.
            items.add(item.group(1).split("[:：]\\s|\\s[-–—]\\s", 2)[0]);
        }
        if (!items.isEmpty()) {
            return items;
        }
        return bare(text);
    }

    /** A text that is nothing but short phrases. */
    private static @Nullable List<String> bare(String text) {
        if (text.indexOf('{') >= 0 || text.indexOf('[') >= 0) {
            return null;
        }
        List<String> parts = new ArrayList<>();
        for (String line : LINES.split(text, -1)) {
            parts.addAll(List.of(COMMAS.split(line)));
        }
        boolean phrases =
                parts.stream().map(TidyTag::of).noneMatch(tag -> TidyTag.isTooLong(tag) || tag.contains(". "));
        boolean sentence = parts.size() == 1 && text.matches("(?s).*[.!?。！？]");
        return phrases && !sentence ? parts : null;
    }
}
