package dev.tagrouter.gateway.config;

import java.time.Duration;

/**
 * How long an upstream may take.
 *
 * @param connect until a connection stands
 * @param firstByte from the request until the first byte of the answer's body
 * @param idle between two pieces of the answer
 * @param client how long a client may stop reading while there is more for it
 */
public record Timeouts(Duration connect, Duration firstByte, Duration idle, Duration client) {
    /** 5 s, 5 min (a plain answer begins when all of it is written), 60 s, 60 s. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofSeconds(60), Duration.ofSeconds(60));

    public Timeouts {
        require("connect", connect);
        require("first_byte", firstByte);
        require("idle", idle);
        require("client", client);
    }

    static Duration require(String name, Duration timeout) {
        if (timeout.toMillis() < 1 || timeout.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    name + " is " + timeout.toMillis() + "ms; give a duration from 1ms to 24h, such as 5s");
        }
        return timeout;
    }
}
