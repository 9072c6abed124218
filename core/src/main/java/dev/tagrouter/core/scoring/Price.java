package dev.tagrouter.core.scoring;

/**
 * What a model costs.
 *
 * @param inputUsdPerMillionTokens USD for a million input tokens, from 0 to {@link #MOST}
 * @param outputUsdPerMillionTokens USD for a million output tokens, from 0 to {@link #MOST}
 */
public record Price(double inputUsdPerMillionTokens, double outputUsdPerMillionTokens) {
    /** The highest price: a thousand dollars a token. Above it costs would stop being finite numbers. */
    public static final double MOST = 1e9;

    public Price {
        require("input", inputUsdPerMillionTokens);
        require("output", outputUsdPerMillionTokens);
        inputUsdPerMillionTokens += 0.0;
        outputUsdPerMillionTokens += 0.0;
    }

    private static void require(String side, double usd) {
        if (!(usd >= 0 && usd <= MOST)) {
            throw new IllegalArgumentException(
                    side + " price is " + usd + "; give USD per million tokens, a number from 0 to " + (long) MOST);
        }
    }

    /** The cost of one call, in USD. */
    public double usd(double inputTokens, double outputTokens) {
        return (inputTokens * inputUsdPerMillionTokens + outputTokens * outputUsdPerMillionTokens) / 1e6;
    }

    /** The higher of both prices. */
    public double dearer() {
        return Math.max(inputUsdPerMillionTokens, outputUsdPerMillionTokens);
    }

    /** The sum of both prices: the order of models from cheap to dear where no query is known. */
    public double sum() {
        return inputUsdPerMillionTokens + outputUsdPerMillionTokens;
    }
}
