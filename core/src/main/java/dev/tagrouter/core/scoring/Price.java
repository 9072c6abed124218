package dev.tagrouter.core.scoring;

/**
 * What a model costs.
 *
 * @param inputUsdPerMillionTokens USD for a million input tokens, finite, 0 or more
 * @param outputUsdPerMillionTokens USD for a million output tokens, finite, 0 or more
 */
public record Price(double inputUsdPerMillionTokens, double outputUsdPerMillionTokens) {
    public Price {
        require("input", inputUsdPerMillionTokens);
        require("output", outputUsdPerMillionTokens);
    }

    private static void require(String side, double usd) {
        if (!(usd >= 0 && Double.isFinite(usd))) {
            throw new IllegalArgumentException(
                    side + " price is " + usd + "; give USD per million tokens, a finite number of 0 or more");
        }
    }

    /** The cost of one call, in USD. */
    public double usd(double inputTokens, double outputTokens) {
        return (inputTokens * inputUsdPerMillionTokens + outputTokens * outputUsdPerMillionTokens) / 1e6;
    }

    /** The sum of both prices: the order of models from cheap to dear where no query is known. */
    public double sum() {
        return inputUsdPerMillionTokens + outputUsdPerMillionTokens;
    }
}
