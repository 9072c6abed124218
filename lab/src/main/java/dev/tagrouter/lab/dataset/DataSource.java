package dev.tagrouter.lab.dataset;

import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.learning.JudgedSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens judgments that a user points at: a folder with {@code quality.csv} and {@code queries.jsonl} (and
 * {@code output_chars.csv}, if there is one), or one CSV whose column {@code text} is the query.
 *
 * @param path the folder or the CSV
 * @param models the models to learn, or an empty list for all
 * @param renames other names for models, so that one model has one name in all sets
 * @param prices by the model's (new) name
 * @param tieMargin qualities that differ by no more than this tie
 * @param reference the model to count wins against, or null for the dearest priced, first listed on a tie
 * @param sources where the judgments of a set come from and their licence, by the set's name (the folder's or the
 *     file's)
 */
public record DataSource(
        Path path,
        List<String> models,
        Map<String, String> renames,
        Map<String, Price> prices,
        double tieMargin,
        @Nullable String reference,
        Map<String, String> sources) {
    /** Output tokens assumed where the data does not tell. */
    public static final double ASSUMED_OUTPUT_TOKENS = 256;

    public DataSource {
        models = List.copyOf(models);
        renames = Map.copyOf(renames);
        prices = Map.copyOf(prices);
        sources = Map.copyOf(sources);
    }

    /**
     * Opens the judgments and checks their columns.
     *
     * @throws LabException when files are missing, a model is no column, or none is left
     */
    public JudgedSet open() throws IOException {
        return rows();
    }

    /**
     * Reads everything into memory.
     *
     * @throws LabException as {@link #open}, or when an id stands twice
     */
    public JudgedTable table() throws IOException {
        RowSet set = rows();
        List<JudgedRow> rows = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        set.readRows(row -> {
            if (!ids.add(row.id())) {
                throw new LabException(path + ": query '" + row.id() + "' stands twice; give each row its own id");
            }
            rows.add(row);
        });
        return new JudgedTable(set.description(), rows);
    }

    private RowSet rows() throws IOException {
        if (Files.isDirectory(path)) {
            for (String name : List.of(FolderSet.QUALITY, FolderSet.QUERIES)) {
                if (!Files.isRegularFile(path.resolve(name))) {
                    throw new LabException("data folder '" + path + "' has no " + name
                            + "; it holds quality.csv (query, one column a model) and queries.jsonl (id, text)");
                }
            }
            List<String> header = Csv.header(path.resolve(FolderSet.QUALITY));
            return new FolderSet(path, describe(header.subList(1, header.size())), renames);
        }
        if (Files.isRegularFile(path)) {
            List<String> header = Csv.header(path);
            Csv.requireText(path, header);
            return new CsvSet(path, describe(Csv.models(header)), renames);
        }
        throw new LabException("data '" + path + "' does not exist; give a data folder or a CSV of judgments");
    }

    private JudgedSet.Description describe(List<String> columns) throws LabException {
        List<String> named = new ArrayList<>();
        for (String column : columns) {
            named.add(renames.getOrDefault(column, column));
        }
        for (String model : models) {
            if (!named.contains(model)) {
                throw new LabException("model '" + model + "' is no column of '" + path + "'; its models are "
                        + String.join(", ", named));
            }
        }
        List<String> learned = models.isEmpty() ? named : models;
        Map<String, Price> ownPrices = new LinkedHashMap<>();
        for (String model : learned) {
            Price price = prices.get(model);
            if (price != null) {
                ownPrices.put(model, price);
            }
        }
        String against = reference != null ? reference : dearest(learned, ownPrices);
        Path name = path.toAbsolutePath().normalize().getFileName();
        String set = (name == null ? "data" : name.toString())
                .replaceAll("\\.csv$", "")
                .replaceAll("\\s+", "-");
        try {
            return new JudgedSet.Description(
                    set, learned, ownPrices, against, tieMargin, sources.getOrDefault(set, "not stated"));
        } catch (IllegalArgumentException e) {
            throw new LabException(path + ": " + e.getMessage(), e);
        }
    }

    private static String dearest(List<String> models, Map<String, Price> prices) {
        String dearest = models.getFirst();
        double most = -1;
        for (String model : models) {
            Price price = prices.get(model);
            if (price != null && price.sum() > most) {
                dearest = model;
                most = price.sum();
            }
        }
        return dearest;
    }
}
