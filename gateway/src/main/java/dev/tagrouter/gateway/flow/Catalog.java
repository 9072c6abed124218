package dev.tagrouter.gateway.flow;

import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.gateway.config.ConfigException;
import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.config.ModelConfig;
import dev.tagrouter.gateway.config.NearestName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The configured models brought together with the profile's columns; immutable. */
public final class Catalog {
    private final Profile profile;
    private final Map<String, Served> byName;
    private final Map<String, String> nameByColumn;
    private final List<Served> candidates;
    private final String defaultModel;
    private final double theta;
    private final Map<String, String> aliases;
    private final boolean limited;

    private Catalog(
            Profile profile,
            Map<String, Served> byName,
            List<Served> candidates,
            String defaultModel,
            double theta,
            Map<String, String> aliases) {
        this.profile = profile;
        this.byName = byName;
        this.candidates = List.copyOf(candidates);
        this.defaultModel = defaultModel;
        this.theta = theta;
        this.aliases = aliases;
        this.limited =
                byName.values().stream().anyMatch(model -> model.abilities().isLimited());
        this.nameByColumn = new HashMap<>();
        byName.values().forEach(model -> nameByColumn.put(model.candidateName(), model.name()));
    }

    /** Checks the configuration against the profile. */
    public static Catalog of(GatewayConfig config, Profile profile) throws ConfigException {
        Map<String, Optional<Price>> columns = profile.table().models();
        Map<String, Served> byName = new LinkedHashMap<>();
        Map<String, String> nameByColumn = new HashMap<>();
        List<ModelConfig> models = config.models();
        for (int i = 0; i < models.size(); i++) {
            Served served = served(config, profile, columns, models.get(i), "models[" + i + "]");
            String other = served.column() == null ? null : nameByColumn.put(served.column(), served.name());
            if (other != null) {
                throw config.mistake(
                        "models[" + i + "].capability",
                        "'" + served.column() + "' is the column of model '" + other
                                + "' too; give each model its own column or remove one");
            }
            byName.put(served.name(), served);
        }
        List<Served> candidates = candidates(config, byName);
        String defaultModel = defaultModel(config, profile, byName);
        admitDefault(config, candidates, byName.get(config.routing().defaultModel()));
        Double theta = config.routing().theta();
        if (theta != null) {
            try {
                profile.requireTheta(theta);
            } catch (IllegalArgumentException e) {
                throw config.mistake("routing.theta", String.valueOf(e.getMessage()));
            }
        }
        requireAliases(config, profile, byName);
        return new Catalog(
                profile,
                byName,
                candidates,
                defaultModel,
                theta == null ? profile.manifest().theta() : theta,
                config.routing().aliases());
    }

    private static void requireAliases(GatewayConfig config, Profile profile, Map<String, Served> byName)
            throws ConfigException {
        for (Map.Entry<String, String> alias : config.routing().aliases().entrySet()) {
            String key = "routing.aliases." + alias.getKey();
            String target = alias.getValue();
            if (byName.containsKey(alias.getKey())) {
                throw config.mistake(key, "is a model's name under models; rename one of the two");
            }
            if (!target.equals(Auto.NAME) && !Auto.hasTheta(target) && !byName.containsKey(target)) {
                throw config.mistake(
                        key,
                        "'" + target + "' is neither auto, nor auto:THETA, nor a model under models; did you mean '"
                                + NearestName.of(target, byName.keySet(), 1).getFirst() + "'?");
            }
            if (Auto.hasTheta(target)) {
                try {
                    profile.requireTheta(Auto.theta(target));
                } catch (IllegalArgumentException e) {
                    throw config.mistake(key, String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private static Served served(
            GatewayConfig config, Profile profile, Map<String, Optional<Price>> columns, ModelConfig model, String key)
            throws ConfigException {
        String capability = model.capability();
        if (capability != null && !columns.containsKey(capability)) {
            throw config.mistake(
                    key + ".capability",
                    "'" + capability + "' is no column of profile "
                            + profile.manifest().name() + "; close names: "
                            + String.join(", ", NearestName.of(capability, columns.keySet(), 3)));
        }
        String column = capability != null ? capability : columns.containsKey(model.name()) ? model.name() : null;
        Price price = model.price();
        if (price == null && column != null) {
            price = columns.getOrDefault(column, Optional.empty()).orElse(null);
        }
        return new Served(
                model.name(),
                model.upstreams(),
                column,
                price,
                model.cachedInputUsdPerMillionTokens(),
                column == null ? null : meanTokens(profile, column),
                model.abilities(),
                model.fallbacks());
    }

    private static @Nullable Double meanTokens(Profile profile, String column) {
        for (EvidenceSet set : profile.table().sets()) {
            Capability capability = set.find(column);
            if (capability != null) {
                return capability.summary().meanTokens();
            }
        }
        return null;
    }

    private static List<Served> candidates(GatewayConfig config, Map<String, Served> byName) throws ConfigException {
        List<Served> candidates = new ArrayList<>();
        List<String> named = config.routing().models();
        for (int i = 0; i < named.size(); i++) {
            Served model = byName.get(named.get(i));
            String key = "routing.models[" + i + "]";
            if (model == null) {
                throw config.mistake(key, noModel(named.get(i), byName));
            }
            if (candidates.contains(model)) {
                throw config.mistake(key, "the model '" + model.name() + "' stands twice; name it once");
            }
            candidates.add(model);
        }
        if (named.isEmpty()) {
            byName.values().stream().filter(model -> model.column() != null).forEach(candidates::add);
        }
        for (Served model : candidates) {
            if (model.column() != null && model.price() == null) {
                int index = List.copyOf(byName.values()).indexOf(model);
                throw config.mistake(
                        "models[" + index + "]",
                        "'" + model.name() + "' has no price here or in the profile, so it cannot be routed; add price"
                                + " {input, output} in USD per million tokens, or leave it out of routing.models");
            }
        }
        if (candidates.isEmpty()) {
            candidates.addAll(byName.values());
        }
        return candidates;
    }

    private static String noModel(String name, Map<String, Served> byName) {
        return "there is no model '" + name + "' under models; did you mean '"
                + NearestName.of(name, byName.keySet(), 1).getFirst() + "'?";
    }

    /** A default model that the operator names is always a candidate, with evidence or without. */
    private static void admitDefault(GatewayConfig config, List<Served> candidates, @Nullable Served named)
            throws ConfigException {
        if (named == null || candidates.contains(named)) {
            return;
        }
        if (!config.routing().models().isEmpty()) {
            throw config.mistake(
                    "routing.default_model",
                    "'" + named.name() + "' is not among routing.models; add it there, or name one that is");
        }
        candidates.add(named);
    }

    private static String defaultModel(GatewayConfig config, Profile profile, Map<String, Served> byName)
            throws ConfigException {
        String name = config.routing().defaultModel();
        if (name == null) {
            return profile.manifest().defaultModel();
        }
        Served model = byName.get(name);
        if (model == null) {
            throw config.mistake("routing.default_model", noModel(name, byName));
        }
        return model.candidateName();
    }

    public Profile profile() {
        return profile;
    }

    /** All models, in the order of the configuration. */
    public List<Served> models() {
        return List.copyOf(byName.values());
    }

    /** What {@code auto} chooses between. */
    public List<Served> candidates() {
        return candidates;
    }

    /** Further names that clients may use, in the order of the configuration, and what they stand for. */
    public Map<String, String> aliases() {
        return aliases;
    }

    /** What a client means by a model's name: what an alias stands for, any other name itself. */
    String meant(String name) {
        return aliases.getOrDefault(name, name);
    }

    /** Whether there are requests that some model cannot take. */
    boolean isLimited() {
        return limited;
    }

    @Nullable
    Served find(String name) {
        return byName.get(name);
    }

    /** The public name of a column; a name that is no column stays. */
    public String nameOf(String column) {
        return nameByColumn.getOrDefault(column, column);
    }

    /** The name core knows the default model by. */
    String defaultModel() {
        return defaultModel;
    }

    double theta() {
        return theta;
    }
}
