package dev.tagrouter.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.gateway.config.BreakerConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreakerTest {
    private static final long SECOND = 1_000_000_000;
    private static final BreakerConfig CONFIG = new BreakerConfig(3, 10, Duration.ofSeconds(1), Duration.ofSeconds(3));

    private final Breaker breaker = new Breaker(CONFIG);

    private void fail(long nowNanos) {
        breaker.failed(breaker.begins(nowNanos), nowNanos);
    }

    private void succeed(long nowNanos) {
        breaker.succeeded(breaker.begins(nowNanos));
    }

    /** Nobody says where the clock's zero is. */
    @ParameterizedTest
    @ValueSource(longs = {0, -SECOND, Long.MAX_VALUE - SECOND / 2, 12_345})
    void opensAtEnoughFailuresAndClosesAfterATrial(long start) {
        fail(start);
        fail(start);
        assertThat(breaker.state(start)).isEqualTo(Breaker.State.CLOSED);
        fail(start);
        assertThat(breaker.isOpen(start)).isTrue();
        assertThat(breaker.openNanos(start)).isBetween(SECOND - 1, SECOND + 1);
        assertThat(breaker.state(start + SECOND - 2)).isEqualTo(Breaker.State.OPEN);
        assertThat(breaker.state(start + SECOND + 1)).isEqualTo(Breaker.State.TRIAL);
        assertThat(breaker.openNanos(start + SECOND + 1)).isZero();
        succeed(start + SECOND + 1);
        assertThat(breaker.state(start + SECOND + 1)).isEqualTo(Breaker.State.CLOSED);
    }

    @Test
    void whatFailsNowAndThenOpensToo() {
        for (int i = 0; i < 3; i++) {
            succeed(0);
            assertThat(breaker.isOpen(0)).isFalse();
            fail(0);
        }
        assertThat(breaker.isOpen(0)).isTrue();
    }

    @Test
    void oldFailuresAreForgotten() {
        for (int i = 0; i < 20; i++) {
            fail(0);
            for (int good = 0; good < 4; good++) {
                succeed(0);
            }
        }
        assertThat(breaker.isOpen(0)).isFalse();
    }

    @Test
    void oneTrialAtATimeAndALostOneIsReplaced() {
        fail(0);
        fail(0);
        fail(0);
        assertThat(breaker.begins(2 * SECOND)).isTrue();
        assertThat(breaker.isOpen(2 * SECOND)).isTrue();
        assertThat(breaker.isOpen(3 * SECOND)).isFalse();
    }

    @Test
    void aTrialThatFailsDoublesTheCooldownUpToTheLongest() {
        fail(0);
        fail(0);
        fail(0);
        fail(2 * SECOND);
        assertThat(breaker.openNanos(2 * SECOND)).isEqualTo(2 * SECOND);
        fail(10 * SECOND);
        assertThat(breaker.openNanos(10 * SECOND)).isEqualTo(3 * SECOND);
        succeed(20 * SECOND);
        fail(20 * SECOND);
        fail(20 * SECOND);
        fail(20 * SECOND);
        assertThat(breaker.openNanos(20 * SECOND)).isEqualTo(SECOND);
    }

    @Test
    void callsFromBeforeItOpenedNeitherCloseNorProlongIt() {
        boolean before = breaker.begins(0);
        fail(0);
        fail(0);
        fail(0);
        breaker.succeeded(before);
        assertThat(breaker.isOpen(0)).isTrue();
        breaker.failed(before, SECOND / 2);
        assertThat(breaker.openNanos(0)).isEqualTo(SECOND);
    }

    @Test
    void whoAsksForRestGetsItUpToTheLongestCooldown() {
        breaker.restsFor(2 * SECOND, 0);
        assertThat(breaker.openNanos(0)).isEqualTo(2 * SECOND);
        breaker.restsFor(SECOND, 0);
        assertThat(breaker.openNanos(0)).isEqualTo(2 * SECOND);
        breaker.restsFor(3600 * SECOND, 0);
        assertThat(breaker.openNanos(0)).isEqualTo(3 * SECOND);
        succeed(4 * SECOND);
        assertThat(breaker.state(4 * SECOND)).isEqualTo(Breaker.State.CLOSED);
    }
}
