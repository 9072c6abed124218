package dev.tagrouter.gateway.config;

import java.time.Duration;

/**
 * How long an upstream may take.
 *
 * @param connect until a connection stands
 * @param firstByte from the request until the first byte of the answer's body
 * @param idle between two pieces of the answer
 */
public record Timeouts(Duration connect, Duration firstByte, Duration idle) {
    /** 5 s, 60 s, 30 s. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(30));

    public Timeouts {
        require("connect", connect);
        require("first_byte", firstByte);
        require("idle", idle);
    }

    private static void require(String name, Duration timeout) {
        if (timeout.toMillis() < 1 || timeout.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    name + " is " + timeout.toMillis() + "ms; give a duration from 1ms to 24h, such as 5s");
        }
    }
}
