package dev.tagrouter.core.tagging;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The spelling rules for tags: which spellings are the same tag whatever the data says, and which never are.
 *
 * <p>Spellings that differ in case, width, punctuation, spaces, hyphens, number (singular or plural) or by British and
 * American habit have one {@linkplain #key key}. A key is no word ("movies" and "movie" have "movy"): it is only compared,
 * so a rule need not know its exceptions as long as no other word ends up in the same place. Those that would are named
 * here.
 */
public final class Spelling {
    private static final Pattern APOSTROPHES = Pattern.compile("['’`´]");
    private static final Pattern POSSESSIVES = Pattern.compile("(?<=\\p{L})['’`´]s\\b");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}+#.]+");
    /** A dot counts within a number and in front (3.5, .net), not elsewhere (node.js, u.s.). */
    private static final Pattern IDLE_DOTS = Pattern.compile("(?<!\\d)(?<=\\S)\\.|\\.(?!\\S)|(?<=\\d)\\.(?!\\d)");

    private static final int SHORTEST_PLURAL = 4;
    private static final int SHORTEST_BRITISH = 5;

    /** Whose plural means something else, or that are no plurals. */
    private static final Set<String> NO_PLURALS =
            Set.of("arms", "customs", "glasses", "goods", "humanities", "news", "rails", "securities", "windows");

    private static final Map<String, String> IRREGULAR = Map.ofEntries(
            Map.entry("analyses", "analysis"),
            Map.entry("children", "child"),
            Map.entry("criteria", "criterion"),
            Map.entry("hypotheses", "hypothesis"),
            Map.entry("indices", "index"),
            Map.entry("lives", "life"),
            Map.entry("matrices", "matrix"),
            Map.entry("men", "man"),
            Map.entry("mice", "mouse"),
            Map.entry("phenomena", "phenomenon"),
            Map.entry("quizzes", "quiz"),
            Map.entry("theses", "thesis"),
            Map.entry("topics", "topic"),
            Map.entry("vertices", "vertex"),
            Map.entry("women", "woman"),
            Map.entry("aluminium", "aluminum"),
            Map.entry("grey", "gray"),
            Map.entry("jewellery", "jewelry"),
            Map.entry("judgement", "judgment"),
            Map.entry("maths", "math"),
            Map.entry("mathematics", "math"),
            Map.entry("practise", "practice"),
            Map.entry("programme", "program"),
            Map.entry("sceptical", "skeptical"),
            Map.entry("scepticism", "skepticism"),
            Map.entry("tyre", "tire"));

    /** Words that end in s and are singular, or that do not begin with a letter. */
    private static final Pattern NO_PLURAL = Pattern.compile(".*(ss|us|is|as|ics)|\\P{L}.*");

    private record Rule(Pattern pattern, String replacement) {
        private static Rule of(String pattern, String replacement) {
            return new Rule(Pattern.compile(pattern), replacement);
        }
    }

    /** What a singular would differ from its plural by, once the s is gone: box(es), cache(s), movie(s). */
    private static final List<Rule> SINGULAR = List.of(Rule.of("ie$", "y"), Rule.of("(s|x|z|ch|sh|o)e$", "$1"));

    private static final List<Rule> AMERICAN = List.of(
            // Doubling of a final l, which other words (filling, filing) have in earnest.
            Rule.of(
                    "^(travel|model|label|cancel|level|signal|fuel|counsel|channel|total|marvel|tunnel)l(ing|ed|er|or)$",
                    "$1$2"),
            Rule.of("is(ed|ing|er|ation|ational|)$", "iz$1"),
            Rule.of("ys(ed|ing|er|)$", "yz$1"),
            Rule.of("our(s|ed|ing|al|ful|ite|hood|)$", "or$1"),
            Rule.of("([tb])re$", "$1er"),
            Rule.of("ogue$", "og"),
            Rule.of("ence?$", "ens"),
            Rule.of("ae", "e"));

    private static final Rule SHARP = Rule.of("^([cf])#$", "$1sharp");

    private static final List<String> NEGATIONS = List.of("in", "un", "non", "im", "ir", "il", "dis", "anti", "mis");
    private static final Set<String> DIRECTIONS = Set.of("to", "from", "into", "versus", "vs");

    private Spelling() {}

    /** What all spellings of a tag have in common; empty where there is neither letter nor digit in it. */
    public static String key(String written) {
        String plain = Normalizer.normalize(written, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replace("&", " and ");
        plain = APOSTROPHES.matcher(POSSESSIVES.matcher(plain).replaceAll("")).replaceAll("");
        plain = IDLE_DOTS.matcher(BETWEEN_WORDS.matcher(plain).replaceAll(" ")).replaceAll("");
        StringBuilder key = new StringBuilder(plain.length());
        for (String word : plain.strip().split(" ", -1)) {
            key.append(word(word));
        }
        return key.codePoints().anyMatch(Character::isLetterOrDigit) ? key.toString() : "";
    }

    private static String word(String word) {
        String known = IRREGULAR.get(word);
        String one = known != null ? known : NO_PLURALS.contains(word) ? word : singular(word);
        return apply(List.of(SHARP), one.length() < SHORTEST_BRITISH ? one : apply(AMERICAN, one));
    }

    private static String singular(String word) {
        String one = word.length() >= SHORTEST_PLURAL
                        && word.endsWith("s")
                        && !NO_PLURAL.matcher(word).matches()
                ? word.substring(0, word.length() - 1)
                : word;
        return one.length() < SHORTEST_PLURAL ? one : apply(SINGULAR, one);
    }

    private static String apply(List<Rule> rules, String word) {
        String result = word;
        for (Rule rule : rules) {
            result = rule.pattern().matcher(result).replaceAll(rule.replacement());
        }
        return result;
    }

    /**
     * Whether two tags, however near by meaning, say opposite things: the same words in another order around a word of
     * direction ("chinese to english"), or a word with and without its negation ("formal tone", "informal tone").
     */
    public static boolean areOpposed(String one, String other) {
        List<String> words = List.of(one.split("[\\s_-]+"));
        List<String> others = List.of(other.split("[\\s_-]+"));
        Set<String> distinct = new HashSet<>(words);
        if (distinct.stream().anyMatch(DIRECTIONS::contains) && distinct.equals(new HashSet<>(others))) {
            return !words.equals(others);
        }
        return words.stream().anyMatch(word -> others.stream().anyMatch(w -> negates(word, w) || negates(w, word)));
    }

    private static boolean negates(String word, String plain) {
        return plain.length() >= SHORTEST_PLURAL
                && NEGATIONS.stream().anyMatch(negation -> word.equals(negation + plain));
    }
}
