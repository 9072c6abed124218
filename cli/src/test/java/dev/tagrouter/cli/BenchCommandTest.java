package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.benchmarks.comparison.Machine;
import dev.tagrouter.benchmarks.comparison.Outcome;
import dev.tagrouter.benchmarks.comparison.Settings;
import dev.tagrouter.benchmarks.comparison.Way;
import dev.tagrouter.benchmarks.load.LoadResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Arguments of bench, and its report on made-up figures; the measuring itself is tested in benchmarks. */
class BenchCommandTest {
    private static Outcome.Measured way(Way way, double perSecond, double p50Micros) {
        LoadResult.Spread latency = new LoadResult.Spread(p50Micros, 10 * p50Micros, 10 * p50Micros);
        LoadResult saturated = new LoadResult(100, 0, perSecond, latency, latency);
        LoadResult steady = new LoadResult(100, 0, Math.min(perSecond, 1000), latency, latency);
        return new Outcome.Measured(way, null, Duration.ofSeconds(30), List.of(saturated), List.of(steady));
    }

    private static Outcome outcome() {
        return new Outcome(
                new Machine("a processor", 2, "an OS", 0.25, "a JDK", "1.22.1", "-"),
                new Settings(
                        Path.of("tagrouter"),
                        Path.of("cache"),
                        EnumSet.allOf(Way.class),
                        3,
                        32,
                        1000,
                        Settings.Times.FULL),
                true,
                List.of(
                        way(Way.DIRECT, 60_000, 100),
                        way(Way.NGINX, 20_000, 150),
                        new Outcome.Measured(
                                Way.PORTKEY, "node is not installed; install it", Duration.ZERO, List.of(), List.of()),
                        way(Way.NAMED, 12_000, 300),
                        way(Way.ROUTED, 900, 5000)),
                List.of(new Outcome.Start(true, List.of(700.0, 900.0, 800.0), List.of(150e6))),
                240_000_000);
    }

    @Test
    void thePageNamesMachineCommandRatiosAndWhatIsMissing() {
        String page = BenchReport.markdown(outcome(), "./tagrouter bench");
        assertThat(page)
                .contains("`./tagrouter bench`", "a processor, 2 cores", "nginx 1.22.1")
                .contains("| TagRouter, a named model | 12,000 | 60 % | 300 | 3,000 | 0.20 | 2.00 | 0 |")
                .contains("| TagRouter, routed | 900 | 5 % | - | - | - | - | 0 |")
                .contains("- Portkey's gateway: node is not installed; install it")
                .contains("- TagRouter, routed does not carry 1,000 requests a second")
                .contains("straight to the stub 30 s; nginx, proxy_pass 30 s; TagRouter, a named model 30 s")
                .contains("The run counts: the direct way carries 3.0 times what nginx does.")
                .contains("ready after 800 ms, 150 MB resident")
                .contains("240 MB resident");
    }

    @Test
    void jsonLeavesOutWhatWasNotMeasured() {
        assertThat(BenchReport.json(outcome()).toString())
                .contains("\"counts\":true", "\"way\":\"routed\",\"perSecond\":900.0")
                .contains("\"way\":\"portkey\",\"perSecond\":null")
                .doesNotContain("NaN");
    }

    @Test
    void helpTeaches() {
        Cli.Result result = Cli.plain(new byte[0], false, "bench", "--help");
        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("1.5 times what nginx does", "127.0.0.1 only", "tagrouter bench --quick");
    }

    @Test
    void needsTheLauncher() {
        Cli.Result result = Cli.plain(new byte[0], false, "bench");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("run it as ./tagrouter bench").hasLineCount(1);
    }

    @Test
    void streamsAndSoakRefuseWhatMakesNoSense() {
        assertThat(Cli.plain(new byte[0], false, "bench", "streams", "--streams", "0")
                        .err())
                .contains("--streams is 0; give 1 to 10000");
        assertThat(Cli.plain(new byte[0], false, "bench", "streams", "--seconds", "5")
                        .err())
                .contains("--seconds is 5; give 6 or more");
        assertThat(Cli.plain(new byte[0], false, "bench", "soak", "--minutes", "-1")
                        .err())
                .contains("--minutes is -1; give 1 to 10000");
        assertThat(Cli.plain(new byte[0], false, "bench", "soak").err()).contains("run it as ./tagrouter bench");
    }

    @Test
    void rehearsalIsNotOffered() {
        assertThat(Cli.plain(new byte[0], false, "--help").out())
                .contains("bench")
                .doesNotContain("rehearse");
    }

    @Test
    void onlyARunThatMeasuresAsUsualStandsForTheLastOneUnasked() {
        assertThat(measuresAsUsual()).isTrue();
        assertThat(measuresAsUsual("--quiet", "--json")).isTrue();
        assertThat(measuresAsUsual("--ways", "direct,nginx,portkey,named,routed"))
                .isTrue();
        for (List<String> other : List.of(
                List.of("--quick"),
                List.of("--ways", "nginx,named,routed"),
                List.of("--rounds", "1"),
                List.of("--connections", "8"),
                List.of("--rate", "100"))) {
            assertThat(measuresAsUsual(other.toArray(String[]::new)))
                    .as(other.toString())
                    .isFalse();
        }
    }

    private static boolean measuresAsUsual(String... arguments) {
        CommandLine line = BenchCommand.withSubcommands(Io.standard());
        line.setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return line.<BenchCommand>getCommand().measuresAsUsual();
    }

    @Test
    void aWrongValueIsNamedThoughThereAreSubcommands() {
        assertThat(Cli.plain(new byte[0], false, "bench", "--rounds", "x").err())
                .contains("'--rounds': 'x' is not an int");
        assertThat(Cli.plain(new byte[0], false, "bench", "--ways", "nothing").err())
                .contains("--ways", "NGINX", "but was 'nothing'")
                .doesNotContain("no command given");
        assertThat(Cli.plain(new byte[0], false, "profile").err()).contains("no command given; name one of");
    }
}
