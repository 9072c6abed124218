package dev.tagrouter.lab.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Means over pools pair resamples of queries, so all must have been tested on the same ones. */
class SetSummaryTest {
    private static PoolResult pool(String name, int whichQueries) {
        return new PoolResult(
                new Pool(name, "set", List.of("a", "b"), 0),
                100,
                whichQueries,
                5,
                1,
                "a",
                List.of(),
                Map.of(),
                List.of());
    }

    @Test
    void asManyQueriesAreNotTheSameQueries() {
        assertThat(SetSummary.of(List.of(pool("one", 1), pool("two", 2)))).isEmpty();
    }
}
