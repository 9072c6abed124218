package dev.tagrouter.client;

/** A key for a model server that must appear in no log, message or debugger line. */
public final class ApiKey {
    private final String value;

    /** @param value printable ASCII, as a header can carry it */
    public ApiKey(String value) {
        if (value.isBlank() || value.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException(
                    "the API key is blank or holds a line break or a character outside ASCII; give the key alone");
        }
        this.value = value;
    }

    String reveal() {
        return value;
    }

    /** The text without the key, should a server have repeated it. */
    String struckFrom(String text) {
        return text.replace(value, "***");
    }

    @Override
    public String toString() {
        return "***";
    }
}
