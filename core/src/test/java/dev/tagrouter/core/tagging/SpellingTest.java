package dev.tagrouter.core.tagging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which spellings are one tag, which are not, and which are opposite. */
class SpellingTest {
    @ParameterizedTest
    @CsvSource({
        "theatre, theater",
        "Colour Theory, color theory",
        "organisation, organization",
        "modelling, modeling",
        "defence, defense",
        "movies, movie",
        "boxes, box",
        "caches, cache",
        "security studies, security study",
        "children's book, child book",
        "role-play, role play",
        "e-commerce, ecommerce",
        "text_to_sql, text-to-sql",
        "c#, C-Sharp",
        "u.s. history, US history",
        "q&a, q and a",
        "ＳＱＬ, sql",
        "\"  sql. \", sql"
    })
    void spellingsOfOneTag(String one, String other) {
        assertThat(Spelling.key(one)).isEqualTo(Spelling.key(other)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "pandas, panda",
        "news, new",
        "c, c++",
        "c, c#",
        ".net, net",
        "statistics, statistic",
        "poetry, pottery",
        "gpt 3.5, gpt 35",
        "filling, filing",
        "humanities, humanity"
    })
    void otherTags(String one, String other) {
        assertThat(Spelling.key(one)).isNotEqualTo(Spelling.key(other));
    }

    @Test
    void marksAloneHaveNoKey() {
        assertThat(Spelling.key("!?-")).isEmpty();
        assertThat(Spelling.key("")).isEmpty();
        assertThat(Spelling.key("数学")).isEqualTo("数学");
    }

    @Test
    void oppositesAreTold() {
        assertThat(Spelling.areOpposed("chinese to english", "english to chinese"))
                .isTrue();
        assertThat(Spelling.areOpposed("formal tone", "informal tone")).isTrue();
        assertThat(Spelling.areOpposed("text to sql", "text-to-sql")).isFalse();
        assertThat(Spelling.areOpposed("math competition", "competition math")).isFalse();
    }
}
