package dev.tagrouter.gateway.dialect;

/** An upstream's answer that is not what its API says it is. */
final class Garbled extends Exception {
    private static final long serialVersionUID = 1;

    private final String text;

    /** @param text what is wrong with it, as the end of a sentence */
    Garbled(String text) {
        super(text, null, false, false);
        this.text = text;
    }

    String text() {
        return text;
    }
}
