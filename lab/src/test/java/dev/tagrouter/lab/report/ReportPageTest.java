package dev.tagrouter.lab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.lab.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a file: whole, self-contained, escaped, and small enough for every method on every pool. */
class ReportPageTest {
    private static final int LARGEST = 2_000_000;

    @TempDir
    private Path folder = Path.of("");

    private static JsonNode embedded(String html) throws IOException {
        Matcher matcher = Pattern.compile("<script type=\"application/json\" id=\"results\">([^<]*)</script>")
                .matcher(html);
        assertThat(matcher.find()).isTrue();
        return new ObjectMapper().readTree(matcher.group(1));
    }

    @Test
    void loadsNothing() {
        String html = ReportPage.html(SampleResults.json(6, 0), null);

        assertThat(html).doesNotContain("{{").contains("d3", "Mike Bostock");
        assertThat(Pattern.compile("(?i)(src|href|action)\\s*=\\s*[\"']?(https?:)?//")
                        .matcher(html)
                        .find())
                .isFalse();
        assertThat(Pattern.compile("(?i)@import|url\\s*\\(")
                        .matcher(ownText(html))
                        .find())
                .isFalse();
        assertThat(html).contains("default-src 'none'");
    }

    /** The page without the library, whose strings are its own affair. */
    private static String ownText(String html) {
        int library = html.indexOf("<script>\n/*");
        return html.substring(0, library) + html.substring(html.indexOf("</script>", library));
    }

    @Test
    void holdsItsDataAndNothingBreaksOutOfIt() throws IOException {
        ObjectNode results = SampleResults.json(6, 0);
        String html = ReportPage.html(results, results);

        assertThat(html).doesNotContain(SampleResults.HOSTILE).doesNotContain("<img/src");
        assertThat(html.split("</script>", -1))
                .as("its own four script elements")
                .hasSize(5);
        JsonNode page = embedded(html);
        assertThat(page.path("run").path("data").asText()).isEqualTo(SampleResults.HOSTILE);
        assertThat(page.path("results")).hasSameSizeAs(results.path("results"));
        assertThat(page.path("pools")).hasSameSizeAs(results.path("pools"));
        for (int i = 0; i < results.path("results").size(); i++) {
            JsonNode whole = results.path("results").get(i);
            JsonNode own = page.path("results").get(i);
            assertThat(own.path("method")).isEqualTo(whole.path("method"));
            assertThat(own.path("area").asDouble())
                    .isCloseTo(whole.path("area").asDouble(), org.assertj.core.api.Assertions.within(1e-5));
            assertThat(own.path("area").isNull()).isEqualTo(whole.path("area").isNull());
        }
    }

    @Test
    void aThinnedCurveKeepsBothEnds() throws IOException {
        ObjectNode results = SampleResults.json(2, 0);
        JsonNode whole = results.path("results").get(SampleResults.REFERENCES.size());
        JsonNode curve = embedded(ReportPage.html(results, null))
                .path("results")
                .get(SampleResults.REFERENCES.size())
                .path("curve");

        assertThat(whole.path("curve")).hasSize(100);
        assertThat(curve).hasSize(48);
        assertThat(curve.get(0).get(0).asDouble())
                .isEqualTo(whole.path("curve").get(0).path("cost").asDouble());
        assertThat(curve.get(47).get(1).asDouble())
                .isCloseTo(
                        whole.path("curve").get(99).path("ar").asDouble(),
                        org.assertj.core.api.Assertions.within(1e-5));
    }

    @Test
    void twentyFiveMethodsOnTwentyEightPoolsStaySmall() {
        String html = ReportPage.html(SampleResults.json(25, 24), null);

        assertThat(html.getBytes(StandardCharsets.UTF_8).length).isLessThan(LARGEST);
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        Path file = folder.resolve("deeper/results.json");
        ObjectNode results = SampleResults.json(3, 0);
        ResultsFile.write(file, results);

        assertThat(ReportPage.html(ResultsFile.read(file), null)).isEqualTo(ReportPage.html(results, null));
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        Path none = folder.resolve("none.json");
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"results\": [");
        Path other = Files.writeString(folder.resolve("other.json"), "{\"results\": []}");

        assertThatThrownBy(() -> ResultsFile.read(none))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("none.json")
                .hasMessageContaining("tagrouter evaluate");
        assertThatThrownBy(() -> ResultsFile.read(broken)).hasMessageContaining("not JSON");
        assertThatThrownBy(() -> ResultsFile.read(other)).hasMessageContaining("\"pools\"");
        assertThatThrownBy(() -> AblationFile.read(other)).hasMessageContaining("tagrouter ablate");
    }
}
