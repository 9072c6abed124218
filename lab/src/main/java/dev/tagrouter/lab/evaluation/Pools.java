package dev.tagrouter.lab.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.dataset.DataSource;
import dev.tagrouter.lab.dataset.Prices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A pools file: {@code {"prices": {model: [input, output]}, "pools": [{name, data, models, tie_margin}]}}, prices in
 * USD per million tokens.
 *
 * @param pools at least one, names unique, every model with a price
 * @param prices by model
 */
public record Pools(List<Pool> pools, Map<String, Price> prices) {
    public Pools {
        pools = List.copyOf(pools);
        prices = Map.copyOf(prices);
    }

    /** @throws LabException when the file is missing or broken, or a pool names a model without a price */
    public static Pools read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new LabException("pools file '" + file + "' does not exist; give JSON with \"prices\" and \"pools\","
                    + " as tagrouter evaluate --help shows");
        }
        Map<String, Price> prices = Prices.read(file);
        List<Pool> pools = new ArrayList<>();
        Set<String> names = new HashSet<>();
        try {
            JsonNode list = new ObjectMapper().readTree(file.toFile()).path("pools");
            for (JsonNode node : list) {
                Pool pool = pool(file, node);
                if (!names.add(pool.name())) {
                    throw new LabException(file + ": pool " + pool.name() + " stands twice; rename one of them");
                }
                for (String model : pool.models()) {
                    if (!prices.containsKey(model)) {
                        throw new LabException(file + ": pool " + pool.name() + " names model '" + model
                                + "', which has no price; add it to \"prices\" or take it out of the pool");
                    }
                }
                pools.add(pool);
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new LabException(file + ": " + e.getMessage(), e);
        }
        if (pools.isEmpty()) {
            throw new LabException(file + ": there is no list \"pools\"; give at least one pool"
                    + " {\"name\", \"data\", \"models\", \"tie_margin\"}");
        }
        return new Pools(pools, prices);
    }

    private static Pool pool(Path file, JsonNode node) throws LabException {
        List<String> models = new ArrayList<>();
        node.path("models").forEach(model -> models.add(model.asText()));
        for (String key : List.of("name", "data")) {
            if (!node.path(key).isTextual()) {
                throw new LabException(file + ": a pool has no text \"" + key + "\": " + node);
            }
        }
        JsonNode margin = node.path("tie_margin");
        if (!margin.isMissingNode() && !margin.isNumber()) {
            throw new LabException(file + ": pool " + node.path("name").asText() + " has tie_margin " + margin
                    + "; give a number from 0 to 1");
        }
        return new Pool(node.path("name").asText(), node.path("data").asText(), models, margin.asDouble(0));
    }

    /**
     * The pools of the given names, in the file's order; all without names.
     *
     * @throws LabException when a name is unknown
     */
    public List<Pool> named(List<String> names) throws LabException {
        for (String name : names) {
            if (pools.stream().noneMatch(pool -> pool.name().equals(name))) {
                throw new LabException("there is no pool '" + name + "'; the pools are "
                        + String.join(", ", pools.stream().map(Pool::name).toList()));
            }
        }
        return names.isEmpty()
                ? pools
                : pools.stream().filter(pool -> names.contains(pool.name())).toList();
    }

    /**
     * Looks at the heads of the sets' files whether every pool's candidates are among their columns.
     *
     * @param data the folder that holds a folder for each set
     * @throws LabException when a set is not there, or a candidate is no column of its set; names the pool
     */
    public static void requireColumns(Path data, List<Pool> pools) throws IOException {
        for (Pool pool : pools) {
            try {
                new DataSource(data.resolve(pool.data()), pool.models(), Map.of(), Map.of(), 0, null, Map.of()).open();
            } catch (LabException e) {
                throw new LabException("pool " + pool.name() + ": " + e.getMessage(), e);
            }
        }
    }

    /** Of every set the pool with the most candidates, of equals the first. */
    public List<Pool> largest() {
        Map<String, Pool> largest = new LinkedHashMap<>();
        for (Pool pool : pools) {
            largest.merge(
                    pool.data(), pool, (a, b) -> b.models().size() > a.models().size() ? b : a);
        }
        return List.copyOf(largest.values());
    }
}
