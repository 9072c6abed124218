package dev.tagrouter.gateway.flow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

    /** OpenAI's error shape. */
    public ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode error = root.putObject("error");
        error.put("message", text);
        error.put("type", kind.type());
        error.put("param", param);
        error.put("code", kind.code());
        return root;
    }

    /** A value from outside as a message may show it: short, without control characters. */
    static String shown(String value) {
        String cut = value.length() > SHOWN ? value.substring(0, SHOWN) + "..." : value;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
