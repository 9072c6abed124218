package dev.tagrouter.learning;

/** From how many judged queries on more is learned than effects of tags and words: the layout of a set, the bend of a model (ADR 22). */
final class Many {
    static final long QUERIES = 7_000;

    private Many() {}
}
