package dev.tagrouter.gateway.dialect;

import org.jspecify.annotations.Nullable;

/** A request that cannot be said in the upstream's API: names what, and what to do. */
public final class Untranslatable extends Exception {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 60;

    private final String text;
    private final @Nullable String param;

    /** @param param the member of the body at fault, or null for the whole of it */
    Untranslatable(String text, @Nullable String param) {
        super(text, null, false, false);
        this.text = text;
        this.param = param;
    }

    /** One line for the client. */
    public String text() {
        return text;
    }

    /** The member of the body at fault, or null. */
    public @Nullable String param() {
        return param;
    }

    /** A value of the client's as a message may show it. */
    static String shown(String value) {
        String cut = value.length() > SHOWN ? value.substring(0, SHOWN) + "..." : value;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
