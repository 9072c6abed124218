package dev.tagrouter.gateway.config;

import dev.tagrouter.core.scoring.Price;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the part {@code models}. */
final class ModelReader {
    private ModelReader() {}

    static List<ModelConfig> read(@Nullable YamlValue value, List<UpstreamConfig> upstreams) throws ConfigException {
        List<ModelConfig> models = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<String> known = Values.names(upstreams);
        for (YamlValue item : value == null ? List.<YamlValue>of() : value.items()) {
            Map<String, YamlValue> m =
                    item.members(List.of("name", "upstream", "upstream_model", "price", "capability"));
            YamlValue name = Values.required(item, m, "name", "give the name that clients use");
            String nameText = name.text();
            YamlValue upstream = Values.required(item, m, "upstream", "name one of the upstreams");
            String upstreamText = Values.knownUpstream(upstream, known);
            YamlValue upstreamModel = YamlValue.present(m, "upstream_model");
            String upstreamModelText = upstreamModel == null ? nameText : upstreamModel.filledText();
            Price price = price(YamlValue.present(m, "price"));
            YamlValue capability = YamlValue.present(m, "capability");
            String column = capability == null ? null : capability.text();
            models.add(name.checked(() -> new ModelConfig(nameText, upstreamText, upstreamModelText, price, column)));
            if (!names.add(nameText)) {
                throw name.mistake("the model '" + nameText + "' stands twice; rename or remove one");
            }
        }
        return models;
    }

    private static @Nullable Price price(@Nullable YamlValue value) throws ConfigException {
        if (value == null) {
            return null;
        }
        Map<String, YamlValue> m = value.members(List.of("input", "output"));
        String remedy = "give USD per million tokens, 0 or more";
        YamlValue input = Values.required(value, m, "input", remedy);
        YamlValue output = Values.required(value, m, "output", remedy);
        double inputUsd = input.number(remedy);
        double outputUsd = output.number(remedy);
        input.checked(() -> new Price(inputUsd, 0));
        return output.checked(() -> new Price(inputUsd, outputUsd));
    }
}
