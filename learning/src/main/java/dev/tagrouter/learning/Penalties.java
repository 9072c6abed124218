package dev.tagrouter.learning;

/** The ridge penalties that cross-validation chooses among, in units of tag mass. */
final class Penalties {
    private static final double[] GRID = {1, 2, 5, 10, 20, 40, 80, 160, 320};

    private Penalties() {}

    static double[] all() {
        return GRID.clone();
    }
}
