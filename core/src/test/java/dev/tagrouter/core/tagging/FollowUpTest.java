package dev.tagrouter.core.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FollowUpTest {
    enum Phrase {
        OK("OK"),
        THANKS("Thanks!"),
        MORE("tell me more"),
        GO_ON("请继续"),
        GOOD("好的"),
        THANK_YOU("謝謝你");

        private final String text;

        Phrase(String text) {
            this.text = text;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "...",
                "?",
                "👍",
                "continue",
                "Continue.",
                "please continue",
                "Go on!",
                "more",
                "ok",
                "OK!!",
                "ＯＫ",
                "yes please",
                "Yes, please go ahead.",
                "Thanks a lot",
                "thank you so much :)",
                "that's all, thanks",
                "that’s great",
                "okay, one more please",
                "继续",
                "请继续。",
                "谢谢",
                "谢谢！",
                "好的",
                "好的，谢谢你",
                "嗯嗯",
                "继续写吧",
                "繼續",
                "還有嗎？",
                "ok 好的",
                "谢谢 thanks",
                "好的continue",
                "yes\n\nplease"
            })
    void whatOnlyAnswersThanksOrAsksToGoOnHasNoContent(String turn) {
        assertThat(FollowUp.isEmpty(turn)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "why?",
                "now in French",
                "shorter please",
                "continue in Go",
                "thanks, now write the tests",
                "2",
                "okra",
                "gook",
                "moreover",
                "sql",
                "继续用法语写",
                "为什么？",
                "谢谢，翻译成英文",
                "好的 sql",
                "好诗",
                "𠮷",
                "c",
                "thanksx",
                "can"
            })
    void whatSaysMoreHasContent(String turn) {
        assertThat(FollowUp.isEmpty(turn)).isFalse();
    }

    @Property
    void anySequenceOfPhrasesHasNoContentAndALetterMoreGivesIt(@ForAll @Size(max = 5) List<Phrase> phrases) {
        String turn =
                String.join(", ", phrases.stream().map(phrase -> phrase.text).toList());
        // What is longer than any such turn is taken to have content.
        if (turn.length() < 50) {
            assertThat(FollowUp.isEmpty(turn)).as(turn).isTrue();
        }
        assertThat(FollowUp.isEmpty(turn + " q")).as(turn).isFalse();
    }

    @Property
    void outerWhiteSpaceMarksAndCaseChangeNothing(@ForAll @StringLength(max = 80) String turn) {
        assertThat(FollowUp.isEmpty("\u3000 " + turn + " !\n")).isEqualTo(FollowUp.isEmpty(turn));
    }

    @Test
    void noTextIsSlow() {
        for (String turn :
                List.of("嗯".repeat(63), "嗯".repeat(62) + "诗", " ".repeat(10_000_000), "ok ".repeat(3_000_000))) {
            assertTimeout(Duration.ofSeconds(2), () -> FollowUp.isEmpty(turn));
        }
    }
}
