package dev.tagrouter.learning;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Some models and some queries of a judged set; a model that it does not name was not judged.
 *
 * @param of where the judgments are
 * @param description what this part is; its models need not all be in {@code of}
 * @param wanted the queries that belong to it
 */
record Projection(JudgedSet of, Description description, Predicate<Judged> wanted) implements JudgedSet {
    @Override
    public void read(Sink sink) throws IOException {
        int[] positions = description.models().stream()
                .mapToInt(of.description().models()::indexOf)
                .toArray();
        of.read(judged -> {
            if (wanted.test(judged)) {
                sink.accept(new Judged(
                        judged.query(), picked(judged.quality(), positions), picked(judged.outputTokens(), positions)));
            }
        });
    }

    private static List<Double> picked(List<Double> values, int[] positions) {
        List<Double> picked = new ArrayList<>();
        for (int position : positions) {
            picked.add(position < 0 ? Double.NaN : values.get(position));
        }
        return picked;
    }
}
