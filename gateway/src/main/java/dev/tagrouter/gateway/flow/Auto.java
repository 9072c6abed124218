package dev.tagrouter.gateway.flow;

/** The model name that leaves the choice to the router: {@code auto}, or {@code auto:THETA}. */
final class Auto {
    static final String NAME = "auto";
    private static final String WITH_THETA = NAME + ":";

    private Auto() {}

    static boolean is(String model) {
        return model.equals(NAME) || hasTheta(model);
    }

    static boolean hasTheta(String model) {
        return model.startsWith(WITH_THETA);
    }

    /** What follows the colon, or NaN where it is no number. */
    static double theta(String model) {
        try {
            return Double.parseDouble(thetaText(model).strip());
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    static String thetaText(String model) {
        return model.substring(WITH_THETA.length());
    }
}
