package dev.tagrouter.core.tagging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a text is cut into, and which words are cut further. */
class TextFeaturesTest {
    /** Letters of several scripts, digits, what stands alone, and every kind of space. */
    private static final String ALPHABET = "abzAZéÉßжЖ09٣中文，。!?-_\"\uD83D\uDE00 \t\n\u00A0\u3000\u2003ＡＺ９！";

    private final TextFeatures features = new TextFeatures();

    @Test
    void findsTheWordsThatReadingCharacterByCharacterFinds() {
        Random random = new Random(7);
        Map<String, Integer> hashes = new HashMap<>();
        for (int round = 0; round < 3000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                int repeat = random.nextInt(4) == 0 ? 5 : 1;
                text.repeat(ALPHABET.charAt(random.nextInt(ALPHABET.length())), repeat);
            }
            List<String> expected = words(text.toString());
            List<Integer> found = words(Query.of(text.toString()));
            assertThat(found).as(text.toString()).hasSameSizeAs(expected);
            for (int w = 0; w < found.size(); w++) {
                Integer before = hashes.putIfAbsent(expected.get(w), found.get(w));
                assertThat(before == null || before.equals(found.get(w)))
                        .as("'%s' in '%s'", expected.get(w), text)
                        .isTrue();
            }
        }
        assertThat(hashes.values()).hasSizeGreaterThan(1000).doesNotHaveDuplicates();
    }

    /** The words of a text, read plainly: runs of letters, runs of digits (long ones alike), and the rest one by one. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int before = 0;
        for (char full : (text + " ").toCharArray()) {
            char c = full >= '！' && full <= '～' ? (char) (full - 0xFEE0) : full;
            boolean space = Character.isWhitespace(c) || Character.isSpaceChar(c);
            boolean alone = c >= '\u2E80' && c <= '\u9FFF';
            int kind = space ? 0 : alone ? 3 : Character.isLetter(c) ? 1 : Character.isDigit(c) ? 2 : 3;
            if (!word.isEmpty() && (kind != before || kind == 3)) {
                words.add(before == 2 && word.length() > 2 ? "a number" : word.toString());
                word.setLength(0);
            }
            if (!space) {
                word.append(Character.toLowerCase(c));
            }
            before = kind;
        }
        return words;
    }

    @Test
    void onlyAWordThatIsNotCommonIsCutIntoParts() {
        // Word, opening word, length; and of a long one its beginning, longer beginning and ending.
        assertThat(all("databases", false)).hasSize(6).containsAll(all("databases", true));
        assertThat(all("databases", true)).hasSize(3);
        assertThat(all("sql", false)).hasSize(3);
        List<Integer> shared = all("databased", false);
        shared.retainAll(all("databases", false));
        assertThat(shared).as("both beginnings, and the length").hasSize(3);
    }

    @Test
    void theTableSaysWhichWordsAreCommon() {
        // The word and its beginning; of a frequency that makes the word common, or not.
        List<Integer> hashes = all("databases", false);
        int[] wordAndStem = {hashes.get(0), hashes.get(1), 12345};
        float rare = FeatureTable.idf(3, 13_500);
        assertThat(vectorSize(wordAndStem, new float[] {FeatureTable.idf(28, 13_500), rare, rare}))
                .isEqualTo(1);
        assertThat(vectorSize(wordAndStem, new float[] {FeatureTable.idf(26, 13_500), rare, rare}))
                .isEqualTo(2);
        // In a small training set even 1 in 100 is hardly known.
        float rareOfFew = FeatureTable.idf(3, 500);
        assertThat(vectorSize(wordAndStem, new float[] {FeatureTable.idf(5, 500), rareOfFew, rareOfFew}))
                .isEqualTo(2);
        assertThat(vectorSize(wordAndStem, new float[] {FeatureTable.idf(10, 500), rareOfFew, rareOfFew}))
                .isEqualTo(1);
    }

    private static int vectorSize(int[] hashes, float[] idf) {
        FeatureTable.Workspace workspace = new FeatureTable.Workspace(new FeatureTable(hashes, idf));
        workspace.vectorize(Query.of("databases"));
        return workspace.size();
    }

    @Test
    void aRunOfManyCharactersIsNotTakenForAShortWord() {
        // Characters 64 apart are turned alike, and equal ones cancel.
        List<Integer> cancelling = new ArrayList<>();
        for (String run :
                List.of("a".repeat(65), "a".repeat(129), "x".repeat(128) + "the", "acgt".repeat(32) + "the")) {
            cancelling.addAll(words(Query.of(run)));
        }
        assertThat(cancelling).hasSize(4).doesNotContainAnyElementsOf(words(Query.of("a the")));
    }

    @Test
    void ofALongTurnTheHeadAndTheTailAreRead() {
        String middle = " middle".repeat(2000);
        List<Integer> read = words(Query.of("first" + middle + " last"));
        assertThat(read)
                .contains(
                        words(Query.of("first")).getFirst(),
                        words(Query.of("last")).getFirst());
        assertThat(read.size()).isBetween(500, 600);
        // Head and tail do not grow together into a word that nobody wrote.
        String cut = "x".repeat(TextFeatures.HEAD) + "-".repeat(99) + "y".repeat(TextFeatures.TAIL);
        assertThat(words(Query.of(cut))).hasSize(2);
        assertThat(words(Query.of("x".repeat(TextFeatures.HEAD + TextFeatures.TAIL))))
                .hasSize(1);
    }

    private List<Integer> words(Query query) {
        List<Integer> words = new ArrayList<>();
        features.extract(query, new TextFeatures.Sink() {
            @Override
            public void words(int[] hashes, int count, boolean[] common) {
                Arrays.stream(hashes, 0, count).forEach(words::add);
            }

            @Override
            public void features(int[] hashes, int count, float weight) {}
        });
        return words;
    }

    private List<Integer> all(String text, boolean common) {
        List<Integer> all = new ArrayList<>();
        features.extract(Query.of(text), new TextFeatures.Sink() {
            @Override
            public void words(int[] hashes, int count, boolean[] isCommon) {
                Arrays.fill(isCommon, 0, count, common);
            }

            @Override
            public void features(int[] hashes, int count, float weight) {
                Arrays.stream(hashes, 0, count).forEach(all::add);
            }
        });
        return all;
    }
}
