package dev.tagrouter.cli;

import dev.tagrouter.client.AnswerForm;
import dev.tagrouter.client.ApiKey;
import dev.tagrouter.client.ModelServer;
import dev.tagrouter.client.Patience;
import dev.tagrouter.client.TagPrompt;
import dev.tagrouter.client.Teacher;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.lab.teacher.TeacherRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code tag} that are about a teacher. */
final class TeacherOptions {
    private static final double MILLIS = 1000;

    @Option(
            names = "--teacher",
            paramLabel = "URL",
            description = "Let a model tag: the address up to /chat/completions, such as http://127.0.0.1:8000/v1.")
    private @Nullable String url;

    @Option(names = "--model", paramLabel = "NAME", description = "What the teacher's server calls the model.")
    private @Nullable String model;

    @Option(
            names = "--key-env",
            paramLabel = "VAR",
            description = "The environment variable that holds the key; without it none is sent.")
    private @Nullable String keyVariable;

    @Option(
            names = "--form",
            paramLabel = "F",
            defaultValue = "json",
            description =
                    "json (any model; by schema where the server has it) or taggenerator (the paper's released model); "
                            + "default: ${DEFAULT-VALUE}.")
    private AnswerForm form = AnswerForm.JSON;

    @Option(
            names = "--prompt",
            paramLabel = "FILE",
            description = "A prompt of your own: text with {query} in it; a line --- ends the system message.")
    private @Nullable Path prompt;

    @Option(names = "--print-prompt", description = "Print the built-in prompt of the form, to edit it, and end.")
    private boolean printPrompt;

    @Option(
            names = "--at-once",
            paramLabel = "N",
            defaultValue = "8",
            description = "The most requests under way, 1 to 256 (default: ${DEFAULT-VALUE}).")
    private int atOnce;

    @Option(
            names = "--deadline",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "For one request, until its last byte (default: ${DEFAULT-VALUE}).")
    private double deadlineSeconds;

    @Option(
            names = "--retries",
            paramLabel = "N",
            defaultValue = "5",
            description =
                    "How often a request that failed by network, 429 or 5xx is sent again (default: ${DEFAULT-VALUE}).")
    private int retries;

    @Option(
            names = "--answer-tokens",
            paramLabel = "N",
            defaultValue = "512",
            description = "The longest answer; models that think aloud need more (default: ${DEFAULT-VALUE}).")
    private int answerTokens;

    @Option(
            names = "--price",
            paramLabel = "IN,OUT",
            description = "The teacher's price in USD per million input and output tokens, to show the cost.")
    private @Nullable String price;

    @Option(names = "--budget", paramLabel = "USD", description = "Stop when this run has cost so much; needs --price.")
    private @Nullable Double budgetUsd;

    boolean isGiven() {
        return url != null;
    }

    boolean printsPrompt() {
        return printPrompt;
    }

    boolean hasPrice() {
        return price != null;
    }

    String builtInPrompt() {
        return TagPrompt.standardText(form);
    }

    /** Without a teacher there is nothing that these options could mean. */
    void requireNothingElse() {
        if (model != null || keyVariable != null || prompt != null || price != null || budgetUsd != null) {
            throw new UsageException("options of a teacher are given without one; add --teacher URL");
        }
    }

    Teacher teacher() throws IOException {
        if (url == null || model == null) {
            throw new UsageException("--model is missing; name the model that the teacher's server is to use");
        }
        TagPrompt text = prompt == null ? TagPrompt.standard(form) : TagPrompt.read(prompt);
        try {
            Duration deadline = Duration.ofMillis(Math.round(MILLIS * deadlineSeconds));
            return new Teacher(
                    ModelServer.of(url, key(), model), form, text, new Patience(deadline, retries, answerTokens));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private @Nullable ApiKey key() {
        String variable = keyVariable;
        if (variable == null) {
            return null;
        }
        String value = System.getenv(variable);
        if (value == null || value.isBlank()) {
            throw new UsageException(
                    "the environment variable '" + variable + "' of --key-env is not set; export " + variable + "=...");
        }
        return new ApiKey(value.strip());
    }

    TeacherRun.Settings settings() {
        String given = price;
        Double budget = budgetUsd;
        if (budget != null && given == null) {
            throw new UsageException("--budget needs --price IN,OUT; without it the cost is not known");
        }
        try {
            return new TeacherRun.Settings(
                    atOnce,
                    given == null ? new Price(0, 0) : PriceOptions.parse("--price", given),
                    budget == null ? Double.POSITIVE_INFINITY : budget);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
