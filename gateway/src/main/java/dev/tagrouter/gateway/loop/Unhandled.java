package dev.tagrouter.gateway.loop;

/** What has been read of a connection and was not handled yet. */
public interface Unhandled {
    /** Whether there is something; asked on the connection's event loop. */
    boolean isThere();
}
