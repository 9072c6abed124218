package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Cli cli;

    @BeforeEach
    void writeProfile() throws IOException {
        cli = Cli.in(folder);
    }

    @Test
    void printsTheTagsOfAQuery() {
        assertThat(cli.run("tag", "sql").lines()).containsExactly("tag  confidence", "sql        1.00");
        assertThat(cli.run("tag", "nothing known").lines()).containsExactly("no tags");
        assertThat(cli.run("tag", "--json", "nothing known").lines()).containsExactly("{\"id\":\"1\",\"tags\":[]}");
    }

    @Test
    void tagsAreSortedByConfidenceThenName() throws IOException {
        assertThat(cli.run("tag", "--json", "sql poem hello").json().findValuesAsText("tag"))
                .containsExactly("greeting", "poetry", "sql");
    }

    @Test
    void answersEveryLineInOrderWithItsNumber() {
        assertThat(cli.withInput("sql\n\n  {not json\r\nhello", "tag", "--json").lines())
                .hasSize(4)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("{\"id\":\"1\",\"tags\":[{\"tag\":\"sql\",\"confidence\":0.9"),
                        blank -> assertThat(blank).isEqualTo("{\"id\":\"2\",\"tags\":[]}"),
                        text -> assertThat(text).isEqualTo("{\"id\":\"3\",\"tags\":[]}"),
                        last -> assertThat(last).startsWith("{\"id\":\"4\",\"tags\":[{\"tag\":\"greeting\""));
        assertThat(cli.withInput("sql\nhello\n", "tag").lines()).containsExactly("1\tsql 1.00", "2\tgreeting 1.00");
        assertThat(cli.withInput("", "tag", "--json").out()).isEmpty();
    }

    @Test
    void jsonLinesMayHoldConversations() throws IOException {
        String talk = "{\"id\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":\"sql\"},"
                + "{\"role\":\"assistant\",\"content\":\"poem\"},{\"role\":\"user\",\"content\":\"继续\"}]}\n";
        String app = "{\"id\":\"b\",\"messages\":[{\"role\":\"system\",\"content\":\"A poem.\"},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"id 5\"}]}]}\n";
        assertThat(cli.withInput(talk + app, "tag").lines()).containsExactly("a\tsql 1.00", "b\tpoetry 1.00");
        String alone = cli.withInput("{\"id\":\"a\",\"text\":\"sql\"}\n", "tag", "--json")
                .out();
        assertThat(cli.withInput(talk, "tag", "--json").out()).isEqualTo(alone);
        assertBroken("{\"text\":\"x\"}\n{\"messages\":[]}\n", "line 2 of standard input: 'messages' is empty");
        assertBroken(
                "{\"text\":\"x\"}\n{\"messages\":\"x\"}\n", "line 2 of standard input: 'messages' is not an array");
        assertBroken(
                "{\"text\":\"x\"}\n{\"text\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}\n",
                "line 2 of standard input has both \"text\" and \"messages\"");
    }

    @Test
    void jsonLinesKeepTheirIds() {
        String input = """
                {"id":"a","text":"写 sql"}

                {"text":"x"}
                {"id":7,"text":"x"}
                """;
        Cli.Result result = cli.withInput(input, "tag", "--json");
        assertThat(result.err()).isEmpty();
        assertThat(result.lines()).hasSize(3);
        assertThat(result.lines().get(0)).startsWith("{\"id\":\"a\",\"tags\":[{\"tag\":\"sql\"");
        assertThat(result.lines().get(1)).isEqualTo("{\"id\":\"3\",\"tags\":[]}");
        assertThat(result.lines().get(2)).isEqualTo("{\"id\":7,\"tags\":[]}");
    }

    @Test
    void aBrokenLineIsNamed() {
        assertBroken("{\"text\":\"x\"}\n{\"text\":\"y\"\n", "line 2 of standard input is not JSON: ");
        assertBroken("{\"text\":\"x\"}\nplain\n", "line 2 of standard input is not JSON: ");
        assertBroken("{\"text\":\"x\"}\n{\"text\":\"y\"} {}\n", "line 2 of standard input is not JSON: ");
        assertBroken("{\"text\":\"x\"}\n{\"txt\":\"y\"}\n", "line 2 of standard input has no \"text\"");
        assertBroken("{\"text\":\"x\"}\n{\"text\":5}\n", "line 2 of standard input has no \"text\"");
        assertBroken("{\"text\":\"x\"}\n{\"id\":[],\"text\":\"\"}\n", "line 2 of standard input has the id []");
    }

    private void assertBroken(String input, String message) {
        Cli.Result result = cli.withInput(input, "tag", "--json");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.lines()).containsExactly("{\"id\":\"1\",\"tags\":[]}");
        assertThat(result.err().lines()).singleElement().asString().startsWith("tagrouter: " + message);
    }

    @Test
    void withoutQueryOnATerminalItSaysWhatToDo() {
        Cli.Result result = Cli.plain(new byte[0], true, "tag");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).startsWith("tagrouter: no query given;");
    }
}
