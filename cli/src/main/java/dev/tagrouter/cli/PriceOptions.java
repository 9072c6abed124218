package dev.tagrouter.cli;

import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.lab.dataset.Prices;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --price} and {@code --prices}: what a model costs. */
final class PriceOptions {
    @Option(
            names = "--price",
            paramLabel = "IN,OUT",
            description = "Its price in USD per million input and output tokens; without one it is no candidate.")
    private @Nullable String price;

    @Option(names = "--prices", paramLabel = "FILE", description = "The same from a prices file, as learn takes it.")
    private @Nullable Path prices;

    /** The price given for the model, or null. */
    @Nullable
    Price of(String model) throws IOException {
        String given = price;
        Path file = prices;
        if (given != null && file != null) {
            throw new UsageException("--price and --prices are both given; give one of them");
        }
        if (file != null) {
            Price found = Prices.read(file).get(model);
            if (found == null) {
                throw new FailedException(
                        "there is no price of '" + model + "' in " + file + "; add it, or give --price IN,OUT");
            }
            return found;
        }
        return given == null ? null : parse("--price", given);
    }

    /** Reads {@code IN,OUT}. */
    static Price parse(String option, String text) {
        String[] parts = text.split(",", -1);
        try {
            if (parts.length == 2) {
                return new Price(Double.parseDouble(parts[0].strip()), Double.parseDouble(parts[1].strip()));
            }
        } catch (NumberFormatException e) {
            throw wrong(option, text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + " '" + text + "': " + e.getMessage());
        }
        throw wrong(option, text);
    }

    private static UsageException wrong(String option, String text) {
        return new UsageException(option + " '" + text
                + "' is not IN,OUT; give USD per million input and output tokens, such as 0.5,1.5");
    }
}
