package dev.tagrouter.gateway.config;

import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.tagging.PlainName;
import org.jspecify.annotations.Nullable;

/**
 * A model that clients can name and {@code auto} may choose.
 *
 * @param name what clients call it
 * @param upstream the name of the upstream that serves it
 * @param upstreamModel what the upstream calls it
 * @param price what a call costs, or null for the profile's price
 * @param capability its column in the profile, or null for the column of its name, if there is one
 */
public record ModelConfig(
        String name,
        String upstream,
        String upstreamModel,
        @Nullable Price price,
        @Nullable String capability) {
    public ModelConfig {
        if (name.isBlank() || name.length() > 200 || name.indexOf(',') >= 0 || !PlainName.is(name)) {
            throw new IllegalArgumentException("'" + PlainName.shown(name)
                    + "' is blank, over 200 characters, or holds a comma or control character; rename the model");
        }
        if (name.equals("auto") || name.startsWith("auto:")) {
            throw new IllegalArgumentException("'" + name + "' is reserved for routing; choose another name");
        }
        if (upstreamModel.isBlank()) {
            throw new IllegalArgumentException("upstream_model of '" + name + "' is blank; leave it out or give it");
        }
    }

    /** A model that the upstream calls by the same name, with the profile's price and column. */
    public static ModelConfig of(String name, String upstream) {
        return new ModelConfig(name, upstream, name, null, null);
    }
}
