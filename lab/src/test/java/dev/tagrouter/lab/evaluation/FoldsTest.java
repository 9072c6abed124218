package dev.tagrouter.lab.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The partition is fixed, even, and keeps near-duplicates together. */
class FoldsTest {
    private static final String LONG = "How many ways are there to arrange seven different books on a shelf so that two"
            + " given books never stand side by side, and how does the number change for eight books?";

    private static List<String> many() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            texts.add("question " + i + " about subject " + (i * 31 % 977) + " and matter " + (i * 17 % 631));
        }
        return texts;
    }

    @Test
    void isEvenAndDoesNotDependOnOrderOrCompany() {
        List<String> texts = many();
        Folds folds = Folds.of(texts, 5);
        Folds others = Folds.of(texts.reversed().subList(0, 1_000), 5);

        int[] count = new int[5];
        texts.forEach(text -> count[folds.of(text)]++);
        assertThat(java.util.Arrays.stream(count).boxed())
                .allSatisfy(n -> assertThat(n).isBetween(320, 480));
        texts.reversed()
                .subList(0, 1_000)
                .forEach(text -> assertThat(others.of(text)).isEqualTo(folds.of(text)));
    }

    @Test
    void likeTextsShareAFold() {
        List<String> variants = List.of(
                LONG,
                LONG.toUpperCase(java.util.Locale.ROOT),
                LONG.replace(" ", "  \n"),
                LONG.replace("?", " ?!"),
                LONG + " Explain.");
        List<String> texts = new ArrayList<>(many());
        texts.addAll(variants);

        Folds folds = Folds.of(texts, 5);

        assertThat(variants).extracting(folds::of).containsOnly(folds.of(LONG));
    }

    @Test
    void unlikeTextsAreNotDuplicates() {
        assertThat(NearDuplicates.representatives(
                        many().stream().map(Folds::normalised).toList()))
                .isEmpty();
        assertThat(NearDuplicates.representatives(List.of("a b c d e f g h i j", "a b c d e f g h i k")))
                .isEmpty();
        assertThat(NearDuplicates.representatives(List.of(Folds.normalised(LONG), Folds.normalised(LONG + " Why?"))))
                .hasSize(1);
    }

    @Test
    void aChineseCharacterIsAWord() {
        assertThat(Folds.normalised("用Python写一个，快速排序！")).isEqualTo("用 python 写 一 个 快 速 排 序");
        assertThat(Folds.normalised(" \u0000?!")).isEmpty();
    }

    @Test
    void refusesTooFewFoldsAndUnknownTexts() {
        assertThatThrownBy(() -> Folds.of(List.of("a"), 2)).hasMessageContaining("folds is 2");
        assertThatThrownBy(() -> Folds.of(List.of("a"), 5).of("b")).isInstanceOf(IllegalArgumentException.class);
    }
}
