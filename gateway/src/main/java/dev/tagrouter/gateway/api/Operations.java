package dev.tagrouter.gateway.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;

/** What an operator can ask of a running gateway. */
public interface Operations {
    /**
     * Reads configuration and profile again; comes back on any thread.
     *
     * @return never failed
     */
    Future<Reload> reload();

    /** What the gateway knows at the moment, without secrets. */
    ObjectNode status();

    /** Whether the gateway was told to stop. */
    boolean isStopping();

    /**
     * What came of reading again.
     *
     * @param swapped whether the new edition has taken the place of the old one
     * @param edition the number of the edition in use
     * @param message one line: what is new, or what is wrong and how to mend it
     */
    record Reload(boolean swapped, int edition, String message) {}
}
