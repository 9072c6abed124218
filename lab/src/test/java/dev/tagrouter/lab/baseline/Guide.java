package dev.tagrouter.lab.baseline;

/** The guide's example, for tests of other packages. */
public final class Guide {
    private Guide() {}

    public static Method method() {
        return new QueryLength();
    }
}
