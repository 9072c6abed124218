package dev.tagrouter.gateway.config;

import java.time.Duration;

/**
 * How long a client may take to say what it wants; how long an answer may take is the upstreams' {@link Timeouts}.
 *
 * @param head from the connection until the first request's head is complete
 * @param body from a request's head until its last byte
 * @param keepAlive from an answer until the next request's head is complete
 * @param drain how long requests under way may still take once the gateway is told to stop
 */
public record ClientTimeouts(Duration head, Duration body, Duration keepAlive, Duration drain) {
    /** 20 s, 2 min, 75 s, 30 s. */
    public static final ClientTimeouts DEFAULT = new ClientTimeouts(
            Duration.ofSeconds(20), Duration.ofMinutes(2), Duration.ofSeconds(75), Duration.ofSeconds(30));

    public ClientTimeouts {
        Timeouts.require("head", head);
        Timeouts.require("body", body);
        Timeouts.require("keep_alive", keepAlive);
        Timeouts.require("drain", drain);
    }

    /** With the usual time to drain. */
    public ClientTimeouts(Duration head, Duration body, Duration keepAlive) {
        this(head, body, keepAlive, DEFAULT.drain());
    }
}
