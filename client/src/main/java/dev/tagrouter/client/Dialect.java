package dev.tagrouter.client;

import java.util.Arrays;
import java.util.List;

/** What of the request's optional members a server takes; tried from the richest on until one is not answered by 400. */
enum Dialect {
    FULL(true, true),
    /** Servers without structured output. */
    WITHOUT_SCHEMA(false, true),
    /** Models that reason refuse a temperature and the older name of the limit of tokens. */
    WITHOUT_SAMPLING(true, false),
    BARE(false, false);

    private final boolean schema;
    private final boolean sampling;

    Dialect(boolean schema, boolean sampling) {
        this.schema = schema;
        this.sampling = sampling;
    }

    boolean schema() {
        return schema;
    }

    boolean sampling() {
        return sampling;
    }

    /** Those worth trying for a form, in order. */
    static List<Dialect> of(AnswerForm form) {
        return Arrays.stream(values())
                .filter(dialect -> form.structured() || !dialect.schema)
                .toList();
    }
}
