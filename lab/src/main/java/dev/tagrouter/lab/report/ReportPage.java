package dev.tagrouter.lab.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code report.html}: one page that holds its data, its style, its scripts and the chart library (d3, from its
 * WebJar), and loads nothing.
 */
public final class ReportPage {
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
    private static final String LIBRARY = "/META-INF/resources/webjars/d3/";

    private ReportPage() {}

    /**
     * The page.
     *
     * @param results what {@link ResultsFile} holds
     * @param ablation what {@link AblationFile} holds, or null
     */
    public static String html(JsonNode results, @Nullable JsonNode ablation) {
        String library = LIBRARY + libraryVersion();
        Map<String, String> parts = Map.of(
                "style", text("report.css"),
                "results", embedded(PageData.of(results)),
                "ablation", embedded(ablation == null ? NullNode.getInstance() : ablation),
                "library", "/*\n" + text(library + "/LICENSE") + "*/\n" + text(library + "/dist/d3.min.js"),
                "charts", text("charts.js"),
                "tables", text("tables.js"),
                "report", text("report.js"));
        return PLACE.matcher(text("report.html"))
                .replaceAll(place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), "")));
    }

    /** Writes the page whole or not at all. */
    public static void write(Path file, String html) throws IOException {
        WholeFile.write(file, html.getBytes(StandardCharsets.UTF_8));
    }

    /** JSON inside a script element: without any {@code <}, nothing in it can end the element. */
    private static String embedded(JsonNode node) {
        return node.toString().replace("<", "\\u003c");
    }

    private static String libraryVersion() {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text("/META-INF/maven/org.webjars.npm/d3/pom.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "");
    }

    private static String text(String resource) {
        try (InputStream in = ReportPage.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the class path has no " + resource + "; build the module lab again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
