package dev.tagrouter.core.tagging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names can stand in a cell of a table and in UTF-8. */
class PlainNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "sql", "what?", "法律 合同", "é", "\uD83D\uDE00", "a\uD83D\uDE00?"})
    void wordsOfAnyScriptAre(String name) {
        assertThat(PlainName.is(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\tb", "a\n", "\u007F", "\u0085", "法\u0000", "\uD83D", "\uDE00\uD83D", "a\uD83Db?"})
    void controlCharactersAndHalvesOfCharactersAreNot(String name) {
        assertThat(PlainName.is(name)).isFalse();
    }
}
