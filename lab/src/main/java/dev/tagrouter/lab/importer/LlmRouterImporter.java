package dev.tagrouter.lab.importer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.dataset.BrokenLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Routing data of LLMRouter: JSON Lines, a line for each query and model with {@code task_name}, {@code query},
 * {@code ground_truth}, {@code model_name}, {@code performance} (0 to 1) and {@code output_tokens}.
 *
 * <p>The form is described in github.com/ulab-uiuc/LLMRouter, llmrouter/data/README.md, "Routing Data JSONL", and the
 * files are data/default_data/default_routing_train_data.jsonl and default_routing_test_data.jsonl. As there, queries
 * are told apart by task, text and ground truth; also by file, since some stand in both splits. Tokens become
 * characters at the layout's rate.
 */
final class LlmRouterImporter implements Importer {
    private static final String NAMES = "*routing*.jsonl";
    private static final int CHARACTERS_PER_TOKEN = 4;

    private final Path from;

    LlmRouterImporter(Path from) {
        this.from = from;
    }

    @Override
    public List<Path> files() throws IOException {
        if (Files.isRegularFile(from)) {
            return List.of(from);
        }
        try (Stream<Path> list = Files.list(from)) {
            List<Path> files = list.filter(
                            file -> String.valueOf(file.getFileName()).endsWith(".jsonl")
                                    && String.valueOf(file.getFileName()).contains("routing"))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new LabException("folder '" + from + "' has no " + NAMES
                        + "; give LLMRouter's data/default_data, or one file of routing data");
            }
            return files;
        }
    }

    @Override
    public void read(Path file, InputStream in, Sink sink, BrokenLines broken) throws IOException {
        String name = String.valueOf(file.getFileName());
        String split = name.contains("train") ? "train" : name.contains("test") ? "test" : "";
        JsonRows.lines(file, in, broken, (row, place) -> read(row, name, split, place, sink));
    }

    private static void read(JsonNode row, String file, String split, String place, Sink sink) throws IOException {
        String text = JsonRows.text(row, "query", place);
        String model = JsonRows.text(row, "model_name", place);
        double quality = JsonRows.quality(row, "performance", place);
        if (Double.isNaN(quality)) {
            sink.unjudged();
            return;
        }
        String task = row.path("task_name").asText("");
        String key = String.join("\u0000", file, task, row.path("ground_truth").asText(""), text);
        JsonNode tokens = row.path("output_tokens");
        int query = sink.query(ImportedQuery.checked(place, key, "", "", task, split, text));
        sink.judgment(
                query,
                model,
                quality,
                tokens.isNumber() && tokens.asDouble() >= 0 ? CHARACTERS_PER_TOKEN * tokens.asDouble() : Double.NaN);
    }
}
