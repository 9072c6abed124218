package dev.tagrouter.lab.importer;

import java.nio.file.Path;

/** The forms that can be imported. */
public enum Format {
    /** The results folder of tatsu-lab/alpaca_eval. */
    ALPACA_EVAL("alpaca-eval"),
    /** Response tables of lm-sys/RouteLLM, and the arena battles that it is calibrated on. */
    ROUTELLM("routellm"),
    /** Routing data of ulab-uiuc/LLMRouter. */
    LLMROUTER("llmrouter"),
    /** A log of OpenAI-style requests and answers with ratings, as JSON Lines. */
    OPENAI_LOG("openai-log"),
    /** One table with the text, and a column of qualities for each model. */
    CSV("csv");

    private final String word;

    Format(String word) {
        this.word = word;
    }

    /** As it is written on a command line. */
    @Override
    public String toString() {
        return word;
    }

    Importer importer(Path from, Rating rating) {
        return switch (this) {
            case ALPACA_EVAL -> new AlpacaEvalImporter(from);
            case ROUTELLM -> new RouteLlmImporter(from);
            case LLMROUTER -> new LlmRouterImporter(from);
            case OPENAI_LOG -> new OpenAiLogImporter(from, rating);
            case CSV -> new CsvImporter(from);
        };
    }
}
