package dev.tagrouter.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.benchmarks.load.LoadResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Medians, ratios, and when a run counts. */
class OutcomeTest {
    private static final Machine MACHINE = new Machine("test", 2, "Linux", 0, "25", "-", "-");

    private static LoadResult run(double perSecond, double p50, double p99, long failed) {
        LoadResult.Spread latency = new LoadResult.Spread(p50, p99, p99);
        return new LoadResult(1000, failed, perSecond, latency, latency);
    }

    private static Outcome.Measured way(Way way, long failed, double... perSecond) {
        return new Outcome.Measured(
                way,
                null,
                Duration.ZERO,
                Arrays.stream(perSecond).mapToObj(rate -> run(rate, 1, 1, 0)).toList(),
                List.of(run(1000, way == Way.ROUTED ? 500 : 100, 300, failed)));
    }

    private static Outcome of(boolean pinned, Outcome.Measured... ways) {
        Settings settings = new Settings(
                Path.of("tagrouter"), Path.of("cache"), EnumSet.allOf(Way.class), 3, 32, 1000, Settings.Times.QUICK);
        return new Outcome(MACHINE, settings, pinned, List.of(ways), List.of(), 0);
    }

    @Test
    void comparesMedians() {
        Outcome outcome = of(
                true,
                way(Way.DIRECT, 0, 50_000, 90_000, 60_000),
                way(Way.NGINX, 0, 20_000, 5_000, 30_000),
                way(Way.ROUTED, 0, 8_000, 10_000));
        assertThat(outcome.way(Way.DIRECT).perSecond()).isEqualTo(60_000);
        assertThat(outcome.way(Way.ROUTED).perSecond()).isEqualTo(9_000);
        assertThat(outcome.shareOfNginx(Way.ROUTED)).isCloseTo(0.45, within(1e-9));
        assertThat(outcome.addedP50Micros(Way.ROUTED)).isCloseTo(400, within(1e-9));
        assertThat(outcome.counts()).isTrue();
    }

    @Test
    void doesNotCountWhereTheStubWasTheBottleneck() {
        assertThat(of(true, way(Way.DIRECT, 0, 29_000), way(Way.NGINX, 0, 20_000))
                        .counts())
                .isFalse();
    }

    @Test
    void doesNotCountWithoutNginxOrCoresOrWithFailures() {
        assertThat(of(true, way(Way.DIRECT, 0, 29_000)).counts()).isFalse();
        assertThat(of(false, way(Way.DIRECT, 0, 60_000), way(Way.NGINX, 0, 20_000))
                        .counts())
                .isFalse();
        assertThat(of(true, way(Way.DIRECT, 0, 60_000), way(Way.NGINX, 0, 20_000), way(Way.ROUTED, 1, 9_000))
                        .counts())
                .isFalse();
    }

    @Test
    void aWayThatFallsBehindDoesNotCarryTheRate() {
        assertThat(way(Way.PORTKEY, 0, 400).carries(1000)).isFalse();
        assertThat(way(Way.NGINX, 0, 20_000).carries(1000)).isTrue();
    }

    @Test
    void refusesSettingsThatCannotBeMeant() {
        assertThatThrownBy(() -> new Settings(
                        Path.of("a"), Path.of("b"), EnumSet.of(Way.DIRECT), 0, 32, 1000, Settings.Times.QUICK))
                .hasMessage("rounds is 0; give 1 to 99");
    }
}
