package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BulkTaggingTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Cli cli;

    @BeforeEach
    void writeProfile() throws IOException {
        cli = Cli.in(folder);
    }

    private Path in() {
        return folder.resolve("in.jsonl");
    }

    private Path out() {
        return folder.resolve("out.jsonl");
    }

    private Cli.Result tag(String... more) {
        return cli.run(
                Stream.concat(Stream.of("tag", "--in", in().toString(), "--out", out().toString()), Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void manyLinesKeepTheirOrderWhateverTheirLength() throws IOException {
        StringBuilder text = new StringBuilder();
        int count = 5_000;
        for (int i = 0; i < count; i++) {
            text.append("{\"id\":").append(i).append(",\"text\":\"").append(i % 2 == 0 ? "sql " : "poem ");
            text.append("x ".repeat(i % 500 == 0 ? 100_000 : i % 7)).append("\"}\n");
        }
        Files.writeString(in(), text);
        Cli.Result result = tag();
        assertThat(result.exit()).isZero();
        assertThat(result.err())
                .matches("tagrouter: tagged 5,000 queries in [\\d.]+ s, [\\d,]+ a second on \\d+ cores\\s");
        List<String> lines = Files.readAllLines(out());
        assertThat(lines).hasSize(count);
        for (int i = 0; i < count; i++) {
            JsonNode line = JSON.readTree(lines.get(i));
            assertThat(line.path("id").asInt()).isEqualTo(i);
            assertThat(line.path("tags").path(0).path("tag").asText("")).isEqualTo(i % 2 == 0 ? "sql" : "poetry");
        }
        assertThat(tag("--quiet").err()).isEmpty();
    }

    @Test
    void aBrokenLineIsNamedAndTheRestRefusedOrKept() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (int i = 1; i <= 6_000; i++) {
            file.write((i == 5_000
                            ? "{\"text\":\n"
                            : i == 5_500 ? "{\"text\":\"中文\"}\n" : "{\"id\":\"" + i + "\",\"text\":\"sql\"}\n")
                    .getBytes(i == 5_500 ? Charset.forName("GB18030") : StandardCharsets.UTF_8));
        }
        Files.write(in(), file.toByteArray());
        Cli.Result refused = tag();
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).startsWith("tagrouter: line 5000 of " + in() + " is not JSON");
        assertThat(out()).doesNotExist();
        assertThat(folder.resolve("out.jsonl.part")).doesNotExist();
        Cli.Result kept = tag("--broken-lines", "skip");
        assertThat(kept.exit()).isZero();
        assertThat(kept.err())
                .contains("left out: line 5000 of " + in() + " is not JSON")
                .contains("left out: line 5500 of " + in() + " is not UTF-8 text; it looks like GB18030");
        assertThat(Files.readAllLines(out())).hasSize(5_998);
    }

    @Test
    void wrongUsageIsNamed() {
        assertThat(tag().err()).contains("is no file");
        assertThat(cli.run("tag", "--out", out().toString(), "sql").exit()).isEqualTo(2);
    }
}
