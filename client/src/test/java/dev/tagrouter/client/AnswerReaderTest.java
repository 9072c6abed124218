package dev.tagrouter.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.tagrouter.client.FreeTags.Failure;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
    private static final Usage USAGE = new Usage(3, 4);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tags\":[\"code generation\",\"sql\"]}",
                "[\"code generation\", \"SQL\"]",
                "```json\n{\"tags\": [\"code generation\", \"sql\"]}\n```",
                "Sure! Here are the tags:\n```\n[\"code generation\",\"sql\"]\n```\nLet me know {if} more is needed.",
                "The tags are [\"Code_Generation\", \"sql\", \"sql\"] as you asked.",
                "{'tags': ['code generation', 'sql',]}",
                "{\"tags\": \"code generation, sql\"}",
                "{\"labels\": [\"code generation\", \"sql\"]}",
                "{\"tags\":[{\"tag\":\"code generation\",\"why\":\"x\"},{\"tag\":\"sql\"}]}",
                "[{\"name\":\"code generation\"},{\"name\":\"sql\"}]",
                "tags: code generation, sql",
                "**Tags:** code generation, `sql`.",
                "标签：code generation、sql",
                "1. code generation\n2. sql",
                "Of course:\n- Code generation: writing a query\n* **sql** - the language",
                "code generation, sql",
                "code generation\nsql\n",
                "#code generation; #sql",
                "<think>The tags could be [\"poem\"]? No.</think>{\"tags\":[\"code generation\",\"sql\"]}"
            })
    void readsTagsInAnyForm(String answer) {
        assertThat(read(answer)).isEqualTo(new FreeTags.Tagged(List.of("code generation", "sql"), USAGE));
    }

    @Test
    void keepsWhatBelongsToATag() {
        assertThat(read("[\"C++\", \"C#\", \"node.js\", \"step-by-step\", \"true or false\"]"))
                .extracting(tags -> ((FreeTags.Tagged) tags).tags())
                .asString()
                .isEqualTo("[c++, c#, node.js, step-by-step, true or false]");
    }

    @Test
    void eachFailureHasItsName() {
        assertFails("", Failure.EMPTY);
        assertFails("{\"tags\":[]}", Failure.EMPTY);
        assertFails("{\"tags\":[\"\",\" \"]}", Failure.EMPTY);
        assertFails("I am sorry, but I cannot help you with that request.", Failure.PROSE);
        assertFails("SELECT name FROM customers ORDER BY revenue DESC LIMIT 10 is what you want", Failure.PROSE);
        assertFails("Yes.", Failure.PROSE);
        assertFails("{\"tags\":[\"this is a long sentence that only looks like a tag\"]}", Failure.PROSE);
        assertFails("{\"tags\":[1,2]}", Failure.WRONG_JSON);
        assertFails("{\"tags\":[\"sql\"", Failure.WRONG_JSON);
        assertFails("{\"a\":1,\"b\":2}", Failure.WRONG_JSON);
        assertFails("{\"tags\":[\"代码生成\",\"数据库\"]}", Failure.OTHER_LANGUAGE);
        assertFails(
                IntStream.range(0, 200).mapToObj(i -> "tag " + i).collect(Collectors.joining(",")), Failure.TOO_MANY);
        assertThat(AnswerReader.read(new Reply.Said("{\"tags\":[\"sql\"", true, USAGE), AnswerForm.JSON))
                .isInstanceOfSatisfying(
                        FreeTags.Failed.class,
                        failed -> assertThat(failed.failure()).isEqualTo(Failure.CUT_OFF));
    }

    @Test
    void aTagInAnotherLanguageIsLeftOutOfTheRest() {
        assertThat(read("{\"tags\":[\"sql\",\"数据库\"]}")).isEqualTo(new FreeTags.Tagged(List.of("sql"), USAGE));
        assertThat(AnswerReader.read(new Reply.Said("数据库, SQL", false, USAGE), AnswerForm.TAGGENERATOR))
                .isEqualTo(new FreeTags.Tagged(List.of("数据库", "sql"), USAGE));
    }

    @Test
    void longAnswersTakeNoLongTime() {
        assertFails("{".repeat(1_000_000), Failure.WRONG_JSON);
        assertFails("[".repeat(500_000) + "x".repeat(500_000), Failure.WRONG_JSON);
        assertFails("word ".repeat(200_000), Failure.PROSE);
        assertFails("<think>".repeat(100_000), Failure.PROSE);
        assertTimeout(Duration.ofSeconds(20), () -> read("```" + " ".repeat(500_000) + "x"));
        assertTimeout(Duration.ofSeconds(20), () -> read("x" + "\n".repeat(500_000) + "x"));
    }

    private static FreeTags read(String answer) {
        return AnswerReader.read(new Reply.Said(answer, false, USAGE), AnswerForm.JSON);
    }

    private static void assertFails(String answer, Failure failure) {
        assertThat(read(answer)).isInstanceOfSatisfying(FreeTags.Failed.class, failed -> {
            assertThat(failed.failure())
                    .as(answer.substring(0, Math.min(80, answer.length())))
                    .isEqualTo(failure);
            assertThat(failed.detail()).hasSizeLessThan(200).doesNotContain("\n");
            assertThat(failed.usage()).isEqualTo(USAGE);
        });
    }
}
