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
import org.jspecify.annotations.Nullable;

/**
 * AlpacaEval's results folder: {@code MODEL/weighted_alpaca_eval_gpt4_turbo/annotations.json} for each model, an array
 * of {@code instruction}, {@code dataset}, {@code generator_1} (the reference), {@code output_1}, {@code output_2} and
 * {@code preference} from 1 to 2, as in github.com/tatsu-lab/alpaca_eval,
 * results/claude-2/weighted_alpaca_eval_gpt4_turbo/annotations.json; {@code MODEL/model_outputs.json} beside it holds
 * nothing more of use, since the annotations repeat the answers.
 *
 * <p>Quality is the probability that the judge prefers the model's answer to the reference's, so the preference less 1;
 * the reference itself gets 0.5 on every query. A model is called by its folder.
 */
final class AlpacaEvalImporter implements Importer {
    private static final String ANNOTATOR = "weighted_alpaca_eval_gpt4_turbo";
    private static final String FILE = "annotations.json";
    private static final double REFERENCE_QUALITY = 0.5;

    private final Path results;
    private @Nullable String reference;

    AlpacaEvalImporter(Path results) {
        this.results = results;
    }

    @Override
    public List<Path> files() throws IOException {
        if (!Files.isDirectory(results)) {
            throw new LabException("'" + results + "' is no folder; give AlpacaEval's folder results");
        }
        try (Stream<Path> models = Files.list(results)) {
            List<Path> files = models.map(model -> model.resolve(ANNOTATOR).resolve(FILE))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new LabException("folder '" + results + "' has no model with " + ANNOTATOR + "/" + FILE
                        + "; give AlpacaEval's folder results");
            }
            return files;
        }
    }

    @Override
    public void read(Path file, InputStream in, Sink sink, BrokenLines broken) throws IOException {
        String model = String.valueOf(file.getName(file.getNameCount() - 3));
        JsonRows.array(file, in, broken, (row, place) -> read(row, model, place, sink));
    }

    private void read(JsonNode row, String model, String place, Sink sink) throws IOException {
        String text = JsonRows.text(row, "instruction", place);
        String against = JsonRows.text(row, "generator_1", place);
        JsonNode preference = row.path("preference");
        if (preference.isMissingNode() || preference.isNull()) {
            sink.unjudged();
            return;
        }
        double quality = preference.isNumber() ? preference.asDouble() - 1 : Double.NaN;
        if (!(quality >= 0 && quality <= 1)) {
            throw new LabException(place + ": the preference is " + preference + "; it goes from 1 to 2");
        }
        requireReference(against, place);
        String task = row.path("dataset").asText("");
        boolean first = !sink.knows(text);
        int query = sink.query(ImportedQuery.checked(place, text, "", "en", task, "", text));
        if (first) {
            sink.judgment(query, against, REFERENCE_QUALITY, length(row, "output_1"));
        }
        if (!model.equals(against)) {
            sink.judgment(query, model, quality, length(row, "output_2"));
        }
    }

    /** Preferences against different references do not compare. */
    private void requireReference(String against, String place) throws LabException {
        if (reference == null) {
            reference = against;
        } else if (!reference.equals(against)) {
            throw new LabException(place + ": judged against " + against + ", the ones before against " + reference
                    + "; import models with one reference only");
        }
    }

    private static double length(JsonNode row, String member) {
        JsonNode answer = row.path(member);
        return answer.isTextual()
                ? answer.asText().codePointCount(0, answer.asText().length())
                : Double.NaN;
    }
}
