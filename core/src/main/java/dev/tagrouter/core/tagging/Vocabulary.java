package dev.tagrouter.core.tagging;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The canonical tags a profile knows, each with an index from 0 to {@link #size()} - 1, ordered by name.
 *
 * <p>Immutable. Names and aliases are unique over the whole vocabulary.
 */
public final class Vocabulary {
    /** The most tags a vocabulary holds: an index fits 16 bits in the tagger's weights. */
    public static final int MAX_TAGS = 65_535;

    /**
     * One canonical tag.
     *
     * @param name canonical spelling: not blank, no comma or control character
     * @param frequency how many training queries carried it, 0 or more
     * @param aliases other spellings that mean this tag, in the order they are written
     */
    public record Entry(String name, long frequency, List<String> aliases) {
        public Entry {
            aliases = List.copyOf(aliases);
            requireSpelling(name);
            for (String alias : aliases) {
                requireSpelling(alias);
            }
            if (frequency < 0) {
                throw new IllegalArgumentException("frequency of tag '" + name + "' is negative: " + frequency);
            }
        }

        private static void requireSpelling(String name) {
            if (!PlainName.isListable(name)) {
                throw new IllegalArgumentException("tag '" + PlainName.shown(name)
                        + "' is blank or holds a comma, a tab, a line break or another control character; write it as"
                        + " plain words");
            }
        }
    }

    private final List<Entry> entries;
    private final Topics topics;
    private final List<String> axes;
    private final Map<String, Integer> indexBySpelling;

    /**
     * A vocabulary without topics or axes.
     *
     * @param entries at most {@value #MAX_TAGS}, sorted by name (code point order), spellings unique
     * @throws IllegalArgumentException when spellings or their order do not fit; says which
     */
    public Vocabulary(List<Entry> entries) {
        this(List.copyOf(entries), Topics.none(), List.of(), indexed(entries));
    }

    private Vocabulary(List<Entry> entries, Topics topics, List<String> axes, Map<String, Integer> indexBySpelling) {
        this.entries = entries;
        this.topics = topics;
        this.axes = axes;
        this.indexBySpelling = indexBySpelling;
    }

    private static Map<String, Integer> indexed(List<Entry> entries) {
        if (entries.size() > MAX_TAGS) {
            throw new IllegalArgumentException(
                    "vocabulary has " + entries.size() + " tags; at most " + MAX_TAGS + " are possible");
        }
        Map<String, Integer> index = HashMap.newHashMap(entries.size());
        String before = "";
        for (int i = 0; i < entries.size(); i++) {
            String name = entries.get(i).name();
            if (i > 0 && before.compareTo(name) >= 0) {
                throw new IllegalArgumentException("tag '" + name + "' does not come after '" + before
                        + "'; sort the vocabulary by name, each name once");
            }
            index.put(name, i);
            before = name;
        }
        for (int i = 0; i < entries.size(); i++) {
            for (String alias : entries.get(i).aliases()) {
                if (index.putIfAbsent(alias, i) != null) {
                    throw new IllegalArgumentException("alias '" + alias + "' of tag '"
                            + entries.get(i).name() + "' already names another tag; remove one of them");
                }
            }
        }
        return index;
    }

    /**
     * The same tags with other topics.
     *
     * @param others what these tags have in common: none, or a place for each tag; then no tag is named as topics are
     * @throws IllegalArgumentException when the topics do not fit the tags; says why
     */
    public Vocabulary with(Topics others) {
        if (others.size() > 0 && others.tagCount() != entries.size()) {
            throw new IllegalArgumentException("there are places for " + others.tagCount() + " tags, and "
                    + entries.size() + " tags; give a place for each");
        }
        if (others.size() > 0) {
            requireNoTag(Topics.PREFIX, "a topic");
        }
        return new Vocabulary(entries, others, axes, indexBySpelling);
    }

    /**
     * The same tags and topics with other axes.
     *
     * @param count how many axes a query's {@linkplain Wording words} have: none, or those of its {@linkplain Layout layout} stand
     *     behind them, and no tag is named as axes are
     * @throws IllegalArgumentException when a tag is, or there cannot be so many
     */
    public Vocabulary withAxes(int count) {
        if (count < 0 || count > Wording.MOST) {
            throw new IllegalArgumentException(
                    "a vocabulary cannot have " + count + " axes of wording; give 0 to " + Wording.MOST);
        }
        if (count > 0) {
            requireNoTag(Wording.PREFIX, "an axis");
        }
        List<String> names = new ArrayList<>(Layout.beside(count));
        for (int axis = 1; axis <= count; axis++) {
            names.add(Wording.PREFIX + axis);
        }
        if (count > 0) {
            names.addAll(Layout.NAMES);
        }
        return new Vocabulary(entries, topics, names, indexBySpelling);
    }

    private void requireNoTag(String prefix, String what) {
        for (int i = 0; i < entries.size(); i++) {
            if (name(i).startsWith(prefix)) {
                throw new IllegalArgumentException(
                        "tag '" + name(i) + "' is named as " + what + " is; rename one of them");
            }
        }
    }

    /** How many canonical tags there are. */
    public int size() {
        return entries.size();
    }

    /** The canonical name at {@code index}. */
    public String name(int index) {
        return entries.get(index).name();
    }

    /** What the tags have in common. */
    public Topics topics() {
        return topics;
    }

    /** How many axes a query's words and its layout have. */
    public int axes() {
        return axes.size();
    }

    /** How many terms a score can have: the tags, then the topics, then the axes. */
    public int termCount() {
        return entries.size() + topics.size() + axes.size();
    }

    /** Whether a term is an axis, whose values may be negative. */
    public boolean isAxis(int term) {
        return term >= entries.size() + topics.size();
    }

    /** Whether a term is an axis of the {@linkplain Layout layout}. */
    public boolean isLayout(int term) {
        return isAxis(term) && term >= termCount() - Layout.AXES;
    }

    /** The name of the tag, topic or axis at {@code term}. */
    public String termName(int term) {
        if (isAxis(term)) {
            return axes.get(term - entries.size() - topics.size());
        }
        return term < entries.size() ? name(term) : topics.name(term - entries.size());
    }

    /** The number of the tag, topic or axis of a name, or of the tag of an alias, if it is known. */
    public OptionalInt termOf(String name) {
        int topic = topics.indexOf(name);
        if (topic >= 0) {
            return OptionalInt.of(entries.size() + topic);
        }
        int axis = name.startsWith(Wording.PREFIX) ? axes.indexOf(name) : -1;
        return axis < 0 ? indexOf(name) : OptionalInt.of(entries.size() + topics.size() + axis);
    }

    /** All entries, by name. */
    public List<Entry> entries() {
        return entries;
    }

    /** The index of a canonical name or an alias, if it is known. */
    public OptionalInt indexOf(String spelling) {
        Integer index = indexBySpelling.get(spelling);
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /** The canonical name of a spelling; one that is not known stays as it is. */
    public String canonical(String spelling) {
        OptionalInt index = indexOf(spelling);
        return index.isPresent() ? name(index.getAsInt()) : spelling;
    }
}
