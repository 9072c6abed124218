package dev.tagrouter.gateway;

/** A gateway that cannot start for a reason outside its configuration: the message names it and the remedy. */
public final class GatewayException extends Exception {
    private static final long serialVersionUID = 1;

    public GatewayException(String message, Throwable cause) {
        super(message, cause);
    }
}
