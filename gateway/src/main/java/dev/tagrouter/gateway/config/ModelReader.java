package dev.tagrouter.gateway.config;

import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.tagging.PlainName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the part {@code models}. */
final class ModelReader {
    private static final List<String> KEYS = List.of(
            "name",
            "upstream",
            "upstreams",
            "upstream_model",
            "price",
            "capability",
            "context",
            "supports",
            "fallbacks");

    private ModelReader() {}

    static List<ModelConfig> read(@Nullable YamlValue value, List<UpstreamConfig> upstreams) throws ConfigException {
        List<ModelConfig> models = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<String> known = Values.names(upstreams);
        List<YamlValue> items = value == null ? List.of() : value.items();
        for (YamlValue item : items) {
            Map<String, YamlValue> m = item.members(KEYS);
            YamlValue name = Values.required(item, m, "name", "give the name that clients use");
            String nameText = name.text();
            YamlValue upstreamModel = YamlValue.present(m, "upstream_model");
            List<ModelUpstream> servedBy =
                    upstreams(item, m, known, upstreamModel == null ? nameText : upstreamModel.filledText());
            YamlValue priceValue = YamlValue.present(m, "price");
            Price price = price(priceValue);
            Double cached = cachedInput(priceValue, price);
            Abilities abilities = abilities(YamlValue.present(m, "supports"), YamlValue.present(m, "context"));
            YamlValue capability = YamlValue.present(m, "capability");
            String column = capability == null ? null : capability.text();
            YamlValue fallbacks = YamlValue.present(m, "fallbacks");
            List<String> fallbackNames = fallbacks == null ? List.of() : fallbacks.texts();
            models.add(name.checked(
                    () -> new ModelConfig(nameText, servedBy, price, cached, column, abilities, fallbackNames)));
            if (!names.add(nameText)) {
                throw name.mistake("the model '" + nameText + "' stands twice; rename or remove one");
            }
        }
        for (int i = 0; i < models.size(); i++) {
            requireFallbacks(items.get(i).members().get("fallbacks"), models.get(i), names);
        }
        return models;
    }

    private static List<ModelUpstream> upstreams(
            YamlValue item, Map<String, YamlValue> m, List<String> known, String upstreamModel) throws ConfigException {
        YamlValue one = YamlValue.present(m, "upstream");
        YamlValue several = YamlValue.present(m, "upstreams");
        if (several == null) {
            YamlValue upstream = Values.required(item, m, "upstream", "name one of the upstreams");
            String name = Values.knownUpstream(upstream, known);
            return List.of(new ModelUpstream(name, upstreamModel, 1));
        }
        if (one != null) {
            throw several.mistake("stands beside 'upstream'; keep one of the two");
        }
        List<ModelUpstream> upstreams = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlValue each : several.items()) {
            ModelUpstream upstream = upstream(each, known, upstreamModel);
            if (!names.add(upstream.upstream())) {
                throw each.mistake("the upstream '" + upstream.upstream() + "' stands twice; name it once");
            }
            upstreams.add(upstream);
        }
        if (upstreams.isEmpty()) {
            throw several.mistake("is empty; name one of the upstreams");
        }
        return upstreams;
    }

    /** A name, or a mapping where there is more to say than that. */
    private static ModelUpstream upstream(YamlValue value, List<String> known, String upstreamModel)
            throws ConfigException {
        if (!value.isMapping()) {
            return new ModelUpstream(Values.knownUpstream(value, known), upstreamModel, 1);
        }
        Map<String, YamlValue> m = value.members(List.of("upstream", "upstream_model", "weight"));
        String name = Values.knownUpstream(Values.required(value, m, "upstream", "name one of the upstreams"), known);
        YamlValue model = YamlValue.present(m, "upstream_model");
        YamlValue weight = YamlValue.present(m, "weight");
        return new ModelUpstream(
                name,
                model == null ? upstreamModel : model.filledText(),
                weight == null
                        ? 1
                        : weight.integer(1, ModelUpstream.MOST_WEIGHT, "give its share against the others'"));
    }

    private static void requireFallbacks(@Nullable YamlValue value, ModelConfig model, Set<String> names)
            throws ConfigException {
        List<YamlValue> items = value == null || value.isNull() ? List.of() : value.items();
        Set<String> seen = new HashSet<>(Set.of(model.name()));
        for (YamlValue item : items) {
            String name = item.text();
            if (!names.contains(name)) {
                throw item.mistake("there is no model '" + PlainName.shown(name) + "' under models; did you mean '"
                        + NearestName.of(name, names, 1).getFirst() + "'?");
            }
            if (!seen.add(name)) {
                throw item.mistake("the model '" + name + "' is the model itself or stands twice; name others, once");
            }
        }
    }

    private static @Nullable Price price(@Nullable YamlValue value) throws ConfigException {
        if (value == null) {
            return null;
        }
        Map<String, YamlValue> m = value.members(List.of("input", "output", "cached_input"));
        String remedy = "give USD per million tokens, 0 or more";
        YamlValue input = Values.required(value, m, "input", remedy);
        YamlValue output = Values.required(value, m, "output", remedy);
        double inputUsd = input.number(remedy);
        double outputUsd = output.number(remedy);
        input.checked(() -> new Price(inputUsd, 0));
        return output.checked(() -> new Price(inputUsd, outputUsd));
    }

    private static @Nullable Double cachedInput(@Nullable YamlValue value, @Nullable Price price)
            throws ConfigException {
        YamlValue cached = value == null ? null : YamlValue.present(value.members(), "cached_input");
        if (cached == null || price == null) {
            return null;
        }
        double usd = cached.number("give USD per million tokens, 0 or more");
        return cached.checked(() -> ModelConfig.requireCached(price, usd));
    }

    private static Abilities abilities(@Nullable YamlValue supports, @Nullable YamlValue context)
            throws ConfigException {
        Set<Ability> can = EnumSet.allOf(Ability.class);
        if (supports != null) {
            can.clear();
            for (YamlValue item : supports.items()) {
                can.add(ability(item));
            }
        }
        return new Abilities(
                can,
                context == null
                        ? null
                        : (Integer) context.integer(
                                1, Integer.MAX_VALUE, "give the tokens that prompt and answer may have together"));
    }

    private static Ability ability(YamlValue value) throws ConfigException {
        Ability ability = Ability.of(value.text());
        if (ability != null) {
            return ability;
        }
        throw value.mistake("'" + PlainName.shown(value.text()) + "' is nothing that a model is asked for; known: "
                + String.join(", ", Ability.labels()));
    }
}
