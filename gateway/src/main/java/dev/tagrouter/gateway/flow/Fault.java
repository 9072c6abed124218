package dev.tagrouter.gateway.flow;

import dev.tagrouter.gateway.dialect.ErrorShape;
import org.jspecify.annotations.Nullable;

/** A request that fails: the kind, a message that names the value and the remedy, and the parameter at fault. */
public final class Fault extends Exception {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 100;

    private final FaultKind kind;
    private final String text;
    private final @Nullable String param;

    public Fault(FaultKind kind, String text, @Nullable String param) {
        super(text, null, false, false);
        this.kind = kind;
        this.text = text;
        this.param = param;
    }

    public FaultKind kind() {
        return kind;
    }

    /** The answer that says so. */
    String body(ErrorShape shape) {
        return shape.body(kind.status(), text, kind.type(), param, kind.code());
    }

    /** The event that says so where a stream has begun. */
    String event(ErrorShape shape) {
        return shape.event(kind.status(), text, kind.type(), kind.code());
    }

    /** A value from outside as a message may show it: short, without control characters. */
    public static String shown(String value) {
        String cut = value.length() > SHOWN ? value.substring(0, SHOWN) + "..." : value;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
