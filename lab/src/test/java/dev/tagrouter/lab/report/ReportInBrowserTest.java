package dev.tagrouter.lab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, opened from disk. Skipped where there is no Chromium. */
class ReportInBrowserTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final int METHODS = 8;
    private static final int POOLS = 4;

    @TempDir
    private static Path folder = Path.of("");

    private static Playwright playwright;
    private static Browser browser;
    private final List<String> complaints = new ArrayList<>();
    private Page page;

    @BeforeAll
    static void open() throws IOException {
        assumeThat(CHROMIUM).as("there is no Chromium at %s", CHROMIUM).exists();
        ObjectNode ablation = (ObjectNode) new ObjectMapper().readTree("""
                {"pools": ["grow0"], "rows": [{"variant": "all", "description": "as shipped", "f1": 0.5, "methods":
                 {"tagrouter": {"aucGainOverRandom": 0.02, "aucGainOverRandomCi": {"low": 0.01, "high": 0.03},
                  "differenceToStandard": 0, "differenceToStandardCi": {"low": 0, "high": 0}}}}]}
                """);
        Files.writeString(folder.resolve("report.html"), ReportPage.html(SampleResults.json(METHODS, 0), ablation));
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox")));
    }

    @AfterAll
    static void close() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void visit() {
        page = browser.newPage();
        page.onConsoleMessage(message -> complaints.add(message.text()));
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            if (!request.url().startsWith("file:") && !request.url().startsWith("data:")) {
                complaints.add("requests " + request.url());
            }
        });
        page.navigate(folder.resolve("report.html").toUri().toString());
    }

    @AfterEach
    void nothingWasComplainedOf() {
        if (page != null) {
            page.close();
        }
        assertThat(complaints).isEmpty();
    }

    private int count(String selector) {
        return page.locator(selector).count();
    }

    private String style(String selector, String property) {
        return (String) page.evaluate(
                "([s, p]) => getComputedStyle(document.querySelector(s))[p]", List.of(selector, property));
    }

    @Test
    void drawsEveryChartAndTable() {
        // On each pool: a curve and a deployable point a method; an interval for every other method.
        assertThat(count("#pools svg[role=img]")).isEqualTo(2 * POOLS);
        assertThat(count("#pools figure:first-child > div > svg > path.curve")).isEqualTo(POOLS * METHODS);
        assertThat(count("#pools figure:first-child > div > svg > circle.dot")).isEqualTo(POOLS * METHODS);
        assertThat(count("#pools figure:first-child > div > svg > line.level")).isEqualTo(POOLS * 2);
        assertThat(count("#pools figure:last-child > div > svg line.span")).isEqualTo(POOLS * (METHODS - 1));
        assertThat(count("#growth svg[role=img]")).isEqualTo(2);
        assertThat(count("#times svg circle.dot")).isEqualTo(METHODS);
        assertThat(count("#ablations svg circle.dot")).isEqualTo(1);
        // Of the two tasks of a pool ours loses one; then both once more.
        assertThat(count("#tasks tbody tr")).isEqualTo(3 * POOLS);
        assertThat(count("#pools details.pool > .scroll tbody tr"))
                .isEqualTo(POOLS * (METHODS + SampleResults.REFERENCES.size()));
    }

    @Test
    void namesAreTextWhateverTheyHold() {
        assertThat(page.title()).isEqualTo("TagRouter: evaluation");
        assertThat(count("main img, main script")).isZero();
        assertThat(page.locator("#pools").textContent()).contains(SampleResults.HOSTILE);
    }

    @Test
    void aHeadingSortsByKeyboard() {
        var heading = page.locator("#pools details.pool")
                .first()
                .locator("thead th")
                .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("AUC %"))
                .first();
        heading.locator("button").focus();
        page.keyboard().press("Enter");

        assertThat(heading.getAttribute("aria-sort")).isEqualTo("descending");
        assertThat(page.locator("#pools details.pool")
                        .first()
                        .locator("tbody th")
                        .first()
                        .textContent())
                .isEqualTo("tagrouter");
    }

    @Test
    void isDarkWhereThatIsWished() {
        String light = style("body", "backgroundColor");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));

        assertThat(light).isEqualTo("rgb(255, 255, 255)");
        assertThat(style("body", "backgroundColor")).isEqualTo("rgb(20, 24, 29)");
        assertThat(style("#pools svg text", "fill")).isNotEqualTo("rgb(27, 31, 36)");
    }

    @Test
    void printsInBlackOnWhiteWithEveryPartOpen() {
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT).setColorScheme(ColorScheme.DARK));
        assertThat(style("body", "backgroundColor")).isEqualTo("rgb(255, 255, 255)");
        assertThat(style("nav", "display")).isEqualTo("none");

        page.evaluate("dispatchEvent(new Event('beforeprint'))");
        assertThat(count("details:not([open])")).isZero();
        page.evaluate("dispatchEvent(new Event('afterprint'))");
        assertThat(count("details:not([open])")).isPositive();
    }

    @Test
    void fitsAPhoneAndAWideScreen() {
        for (int width : new int[] {380, 1600}) {
            page.setViewportSize(width, 900);
            page.waitForFunction(
                    "() => [...document.querySelectorAll('details[open] figure > div')].every(d => !d.clientWidth"
                            + " || Math.abs(d.querySelector('svg').viewBox.baseVal.width - d.clientWidth) <= 1)");

            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .as("no sideways scrolling of the page at " + width)
                    .isLessThanOrEqualTo(width);
        }
    }

    @Test
    void everyChartAndTableHasAName() {
        assertThat(count("svg[role=img]:not([aria-label])")).isZero();
        assertThat(count("table")).isEqualTo(count("table > caption"));
        assertThat(count(".scroll[tabindex='0'][role=region][aria-label]")).isEqualTo(count(".scroll"));
    }
}
