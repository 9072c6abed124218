package dev.tagrouter.core.decision;

/** Why a decision came out as it did. */
public enum Reason {
    /** The rule chose among the candidates by their evidence. */
    ROUTED("routed"),
    /** The evidence hardly covers what the query is about: the default model answers. */
    LOW_COVERAGE("low-coverage"),
    /** The query has nothing to tag (blank, images only): the default model answers. */
    NO_TAGS("no-tags"),
    /** The candidates have no evidence that compares: the default model answers, if it is a candidate. */
    NO_EVIDENCE("no-evidence"),
    /** The model that answered the conversation before stays, where without it another would have been chosen. */
    SESSION("session"),
    /** What was asked for beside theta leaves nobody. */
    CONSTRAINTS("constraints");

    private final String label;

    Reason(String label) {
        this.label = label;
    }

    /** The name used in JSON, headers and metrics. */
    public String label() {
        return label;
    }
}
