package dev.tagrouter.lab.importer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.dataset.BrokenLines;
import dev.tagrouter.lab.dataset.Csv;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * RouteLLM's tables, as in github.com/lm-sys/RouteLLM: routellm/evals/gsm8k/gsm8k_responses.csv and
 * routellm/evals/mmlu/responses/mmlu_*.csv have a {@code prompt}, a column of {@code True} or {@code False} for each
 * model and perhaps the answers in columns ending in {@code _response}; the task is the file's name. Its routers are
 * calibrated on arena battles (routellm/calibrate_threshold.py, data set lmsys-arena-human-preference-55k): {@code
 * prompt} (a JSON list of the user's turns), {@code model_a}, {@code model_b}, {@code response_a}, {@code response_b} and
 * {@code winner_model_a}, {@code winner_model_b}, {@code winner_tie}; who wins gets 1, who loses 0, a tie 0.5 for both.
 *
 * <p>Rows of a table of responses are queries of their own; battles about the same prompt are one query. Nothing is left
 * out as contaminated: that is what {@code tagrouter contamination} is for.
 */
final class RouteLlmImporter implements Importer {
    private static final String PROMPT = "prompt";
    private static final String RESPONSE = "_response";
    private static final List<String> WINNERS = List.of("winner_model_a", "winner_model_b", "winner_tie");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path from;

    RouteLlmImporter(Path from) {
        this.from = from;
    }

    @Override
    public List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path file : tree.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList()) {
                if (Csv.header(file).contains(PROMPT)) {
                    files.add(file);
                }
            }
        }
        if (files.isEmpty()) {
            throw new LabException("'" + from + "' has no CSV with a column 'prompt'; give RouteLLM's folder"
                    + " routellm/evals, or one of its tables");
        }
        return files;
    }

    @Override
    public void read(Path file, InputStream in, Sink sink, BrokenLines broken) throws IOException {
        boolean battles = Csv.header(file).containsAll(WINNERS);
        List<String> models = Csv.header(file).stream()
                .filter(column -> !column.isBlank() && !column.equals(PROMPT) && !column.endsWith(RESPONSE))
                .toList();
        String task = String.valueOf(file.getFileName()).replaceAll("(_responses)?\\.csv$", "");
        try (CsvReader<NamedCsvRecord> rows = Csv.open(file, in)) {
            for (NamedCsvRecord row : rows) {
                try {
                    Csv.requireFields(file, row);
                    if (battles) {
                        battle(file, row, sink);
                    } else {
                        responses(file, row, task, models, sink);
                    }
                } catch (LabException e) {
                    broken.add(e);
                }
            }
        } catch (CsvParseException | UncheckedIOException e) {
            throw Csv.unreadable(file, e);
        }
    }

    private static void responses(Path file, NamedCsvRecord row, String task, List<String> models, Sink sink)
            throws IOException {
        double[] quality = new double[models.size()];
        for (int m = 0; m < quality.length; m++) {
            quality[m] = correct(file, row, models.get(m));
        }
        if (Arrays.stream(quality).allMatch(Double::isNaN)) {
            sink.unjudged();
            return;
        }
        String place = place(file, row);
        int query = sink.query(ImportedQuery.checked(place, place, "", "", task, "", row.getField(PROMPT)));
        for (int m = 0; m < quality.length; m++) {
            String answer = Csv.optional(row, models.get(m) + RESPONSE, "");
            if (!Double.isNaN(quality[m])) {
                sink.judgment(query, models.get(m), quality[m], length(answer));
            }
        }
    }

    private static double correct(Path file, NamedCsvRecord row, String model) throws LabException {
        return switch (row.getField(model).strip().toLowerCase(Locale.ROOT)) {
            case "true" -> 1;
            case "false" -> 0;
            default -> Csv.quality(file, row, model);
        };
    }

    private static void battle(Path file, NamedCsvRecord row, Sink sink) throws IOException {
        String place = place(file, row);
        double a = Csv.quality(file, row, "winner_model_a");
        double b = Csv.quality(file, row, "winner_model_b");
        double tie = Csv.quality(file, row, "winner_tie");
        if (!(a + b + tie == 1)) {
            throw new LabException(place + ": winner_model_a, winner_model_b and winner_tie are " + a + ", " + b + ", "
                    + tie + "; exactly one of them is 1");
        }
        String text = turns(row.getField(PROMPT));
        int query = sink.query(ImportedQuery.checked(place, text, "", "", "", "", text));
        sink.judgment(query, row.getField("model_a"), a + tie / 2, length(Csv.optional(row, "response_a", "")));
        sink.judgment(query, row.getField("model_b"), b + tie / 2, length(Csv.optional(row, "response_b", "")));
    }

    /** The user's turns as one text; a prompt that is no JSON list is taken as it stands. */
    private static String turns(String prompt) {
        try {
            JsonNode list = JSON.readTree(prompt);
            if (list.isArray()) {
                List<String> turns = new ArrayList<>();
                list.forEach(turn -> turns.add(turn.asText("")));
                return String.join("\n\n", turns);
            }
        } catch (JsonProcessingException e) {
            return prompt;
        }
        return prompt;
    }

    private static double length(String answer) {
        return answer.isEmpty() ? Double.NaN : answer.codePointCount(0, answer.length());
    }

    private static String place(Path file, NamedCsvRecord row) {
        return file + ", line " + row.getStartingLineNumber();
    }
}
