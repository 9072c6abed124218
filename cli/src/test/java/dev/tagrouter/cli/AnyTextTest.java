package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tagrouter.core.testing.AnyText;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Any text, as an argument and on standard input, with the built-in profile: an answer, or one line of error. */
class AnyTextTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @ParameterizedTest
    @EnumSource
    void isRoutedAndTagged(AnyText any) throws Exception {
        byte[] bytes = any.text().getBytes(StandardCharsets.UTF_8);
        for (String command : List.of("route", "tag")) {
            Cli.Result argument = run(new byte[0], command, "--json", "--", any.text());
            assertThat(withoutTimes(argument))
                    .isEqualTo(withoutTimes(run(new byte[0], command, "--json", "--", any.text())));
            Cli.Result table = run(new byte[0], command, "--", any.text());
            assertThat(table.out().length()).isLessThan(20_000);
            Cli.Result input = run(bytes, command, "--json");
            assertThat(input.exit()).isZero();
        }
    }

    @Test
    void everyLineOfAHundredThousandIsAnswered() {
        assertThat(run(AnyText.NEWLINES.text().getBytes(StandardCharsets.UTF_8), "tag", "--json")
                        .lines())
                .hasSize(100_000)
                .allMatch(line -> line.endsWith("\"tags\":[]}"));
    }

    @Test
    void jsonLinesMayHoldAnyText() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (AnyText any : AnyText.values()) {
            lines.append("{\"text\":")
                    .append(new ObjectMapper().writeValueAsString(any.text()))
                    .append("}\n");
        }
        Cli.Result result = run(lines.toString().getBytes(StandardCharsets.UTF_8), "tag", "--json");
        assertThat(result.err()).isEmpty();
        assertThat(result.lines()).hasSize(AnyText.values().length);
        Cli.Result deep = run(("{\"text\":" + "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8), "tag");
        assertThat(deep.exit()).isEqualTo(1);
        assertThat(deep.err().lines()).singleElement().asString().startsWith("tagrouter: line 1 of standard input");
    }

    /** Long runs of white space once took quadratic time to print. */
    @Test
    void errorsThatRepeatAnyTextAreOneShortLine() {
        for (String text : List.of(
                " ".repeat(100_000) + "x",
                "\n".repeat(100_000) + "x",
                "x".repeat(100_000),
                "a\u001b[2Jb\u0000\r\u2028c\u0085d")) {
            for (String option : List.of("--theta", "--models", "--scorer", "--profile", "--nope" + text)) {
                Cli.Result result = run(new byte[0], "route", "sql", option, text);
                assertThat(result.exit()).isIn(1, 2);
                assertThat(result.err()).startsWith("tagrouter: ").hasSizeLessThan(1200);
                assertThat(result.err().strip()).doesNotContain("\n", "\u001b", "\r", "\u0000", "\u2028", "\u0085");
            }
        }
    }

    @Test
    void inputWithoutEndIsRefused() {
        for (String command : List.of("route", "tag")) {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            Io io = new Io(zeros(), false, new PrintWriter(out), new PrintWriter(err), false);
            assertThat(TagRouterCommand.execute(io, command)).isEqualTo(1);
            assertThat(err.toString())
                    .contains("standard input is longer than 64 MiB")
                    .hasLineCount(1);
        }
    }

    private static InputStream zeros() {
        return new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] to, int offset, int length) {
                return length;
            }
        };
    }

    private static Cli.Result run(byte[] input, String... arguments) {
        Cli.Result result = assertTimeout(PATIENCE, () -> Cli.plain(input, false, arguments));
        assertThat(result.err()).doesNotContain("Exception", "error of the program");
        return result;
    }

    private static String withoutTimes(Cli.Result result) {
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
        return result.out().replaceFirst("\"micros\".*", "");
    }
}
