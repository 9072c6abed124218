package dev.tagrouter.gateway.config;

import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.tagging.PlainName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model that clients can name and {@code auto} may choose.
 *
 * @param name what clients call it
 * @param upstreams the upstreams that serve it, at least one, each once
 * @param price what a call costs, or null for the profile's price
 * @param cachedInputUsdPerMillionTokens USD for a million input tokens that its server still has from the request
 *     before, or null where that costs as much as any others
 * @param capability its column in the profile, or null for the column of its name, if there is one
 * @param abilities what it can take
 * @param fallbacks the names of models that answer in its place, in order, when it cannot and a client named it
 */
public record ModelConfig(
        String name,
        List<ModelUpstream> upstreams,
        @Nullable Price price,
        @Nullable Double cachedInputUsdPerMillionTokens,
        @Nullable String capability,
        Abilities abilities,
        List<String> fallbacks) {
    public ModelConfig {
        upstreams = List.copyOf(upstreams);
        fallbacks = List.copyOf(fallbacks);
        requireName(name);
        if (cachedInputUsdPerMillionTokens != null) {
            requireCached(price, cachedInputUsdPerMillionTokens);
        }
        if (upstreams.isEmpty()) {
            throw new IllegalArgumentException("'" + name + "' has no upstream; name one of the upstreams");
        }
    }

    /** The name, if clients may use it for a model; else IllegalArgumentException says why not. */
    static String requireName(String name) {
        if (name.isBlank() || name.length() > 200 || name.indexOf(',') >= 0 || !PlainName.is(name)) {
            throw new IllegalArgumentException("'" + PlainName.shown(name)
                    + "' is blank, over 200 characters, or holds a comma or control character; rename the model");
        }
        if (name.equals("auto") || name.startsWith("auto:")) {
            throw new IllegalArgumentException("'" + name + "' is reserved for routing; choose another name");
        }
        return name;
    }

    static double requireCached(@Nullable Price price, double cached) {
        if (price == null || !(cached >= 0 && cached <= price.inputUsdPerMillionTokens())) {
            throw new IllegalArgumentException("the price of cached input is " + cached
                    + "; give USD per million tokens, from 0 to the price of input");
        }
        return cached;
    }

    /** A model on one upstream that can take anything, without fallbacks. */
    public ModelConfig(
            String name, String upstream, String upstreamModel, @Nullable Price price, @Nullable String capability) {
        this(
                name,
                List.of(new ModelUpstream(upstream, upstreamModel, 1)),
                price,
                null,
                capability,
                Abilities.ALL,
                List.of());
    }

    /** A model that the upstream calls by the same name, with the profile's price and column. */
    public static ModelConfig of(String name, String upstream) {
        return new ModelConfig(name, upstream, name, null, null);
    }

    /** The same on other upstreams. */
    public ModelConfig withUpstreams(List<ModelUpstream> newUpstreams) {
        return new ModelConfig(
                name, newUpstreams, price, cachedInputUsdPerMillionTokens, capability, abilities, fallbacks);
    }

    /** The same with other abilities. */
    public ModelConfig withAbilities(Abilities newAbilities) {
        return new ModelConfig(
                name, upstreams, price, cachedInputUsdPerMillionTokens, capability, newAbilities, fallbacks);
    }

    /** The same with a price for input that its server still has, at most that of other input. */
    public ModelConfig withCachedInput(double usdPerMillionTokens) {
        return new ModelConfig(name, upstreams, price, usdPerMillionTokens, capability, abilities, fallbacks);
    }

    /** The same with models that answer in its place. */
    public ModelConfig withFallbacks(List<String> newFallbacks) {
        return new ModelConfig(
                name, upstreams, price, cachedInputUsdPerMillionTokens, capability, abilities, newFallbacks);
    }
}
