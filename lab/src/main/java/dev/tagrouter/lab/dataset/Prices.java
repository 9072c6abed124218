package dev.tagrouter.lab.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.lab.LabException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads prices in USD per million tokens: a CSV with the columns {@code model,input,output}, or JSON whose object
 * {@code prices} maps a model to {@code [input, output]}.
 */
public final class Prices {
    private Prices() {}

    /** @throws LabException when the file is missing or an entry is not a model and two numbers */
    public static Map<String, Price> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new LabException(
                    "prices file '" + file + "' does not exist; give a CSV with the columns model,input,output");
        }
        return file.toString().endsWith(".json") ? readJson(file) : readCsv(file);
    }

    private static Map<String, Price> readCsv(Path file) throws IOException {
        Map<String, Price> prices = new LinkedHashMap<>();
        try (CsvReader<NamedCsvRecord> in = Csv.open(file)) {
            for (NamedCsvRecord record : in) {
                if (!record.getHeader().containsAll(List.of("model", "input", "output"))) {
                    throw new LabException(file + ", line 1: the columns are " + record.getHeader()
                            + "; name them model,input,output");
                }
                Csv.requireFields(file, record);
                String where = file + ", line " + record.getStartingLineNumber();
                String model = record.getField("model");
                Price price = new Price(
                        number(where, "input", record.getField("input")),
                        number(where, "output", record.getField("output")));
                if (prices.put(model, price) != null) {
                    throw new LabException(where + ": model '" + model + "' has a price already; remove one of them");
                }
            }
        } catch (CsvParseException | IllegalArgumentException | UncheckedIOException e) {
            throw e instanceof UncheckedIOException
                    ? Csv.unreadable(file, e)
                    : new LabException(file + ": " + e.getMessage(), e);
        }
        return prices;
    }

    private static double number(String where, String column, String text) throws LabException {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new LabException(
                    where + ", column " + column + ": '" + text + "' is not a number; give USD per million tokens", e);
        }
    }

    private static Map<String, Price> readJson(Path file) throws IOException {
        Map<String, Price> prices = new LinkedHashMap<>();
        try {
            JsonNode root = new ObjectMapper().readTree(file.toFile());
            for (Map.Entry<String, JsonNode> entry : root.path("prices").properties()) {
                JsonNode pair = entry.getValue();
                if (pair.size() != 2 || !pair.get(0).isNumber() || !pair.get(1).isNumber()) {
                    throw new LabException(file + ": the price of '" + entry.getKey() + "' is " + pair
                            + "; give [input, output] in USD per million tokens");
                }
                prices.put(
                        entry.getKey(),
                        new Price(pair.get(0).asDouble(), pair.get(1).asDouble()));
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new LabException(file + ": not a JSON object of prices (" + e.getMessage() + ")", e);
        }
        if (prices.isEmpty()) {
            throw new LabException(file + ": there is no object \"prices\"; give {\"prices\": {\"model\": [1, 2]}}");
        }
        return prices;
    }
}
