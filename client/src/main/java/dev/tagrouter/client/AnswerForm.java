package dev.tagrouter.client;

/** How a model is asked for tags, and what its answer may look like. */
public enum AnswerForm {
    /** A general model: our prompt, JSON by schema where the server has it, English tags. */
    JSON("prompt.txt", true, true),
    /**
     * The paper authors' released {@code itpossible/TagGenerator}: its prompt in one user message, no schema, tags in any
     * language. Our reading of its model card; a prompt file replaces it.
     */
    TAGGENERATOR("taggenerator-prompt.txt", false, false);

    private final String promptResource;
    private final boolean structured;
    private final boolean latinOnly;

    AnswerForm(String promptResource, boolean structured, boolean latinOnly) {
        this.promptResource = promptResource;
        this.structured = structured;
        this.latinOnly = latinOnly;
    }

    String promptResource() {
        return promptResource;
    }

    /** Whether the answer is asked for by a JSON schema. */
    boolean structured() {
        return structured;
    }

    /** Whether tags in other than Latin letters are turned down. */
    boolean latinOnly() {
        return latinOnly;
    }
}
