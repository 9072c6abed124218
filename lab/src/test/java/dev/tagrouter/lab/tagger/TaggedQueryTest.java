package dev.tagrouter.lab.tagger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.core.tagging.Query;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaggedQueryTest {
    @Test
    void aTextThatBeginsWithTheLabelIsAConversation() {
        assertThat(turns("User: write sql User: now by region")).containsExactly("write sql", "now by region");
        assertThat(turns("User: 写诗 User: 用英语 User: shorter please")).containsExactly("写诗", "用英语", "shorter please");
        assertThat(turns("User: a)\nb) User: c\nUser: d")).containsExactly("a)\nb)", "c\nUser: d");
        assertThat(turns("User: which way does it turn?")).containsExactly("which way does it turn?");
        assertThat(turns("User: what logs \"User: bob\"? User: why?"))
                .containsExactly("what logs \"User: bob\"?", "why?");
        assertThat(turns("User: write sql User: continue")).containsExactly("write sql");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "write sql",
                "Here are examples: User: a Assistant: b User: c",
                " User: a User: b",
                "User:a User: b",
                "user: a User: b",
                "Comments\tUser: Keith"
            })
    void anyOtherTextIsOneTurn(String text) {
        assertThat(turns(text)).containsExactly(text);
    }

    private static List<String> turns(String text) {
        Query query = new TaggedQuery("a:1", "en", false, text, List.of("x")).query();
        assertThat(query.system()).isEmpty();
        assertThat(query.promptCharacters()).isEqualTo(text.length());
        return query.turns();
    }
}
