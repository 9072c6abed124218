package dev.tagrouter.learning;

import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.tagging.Query;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Judgments with a known pattern: "coder" is good at sql, "strong" at everything and dear, "small" at greetings. */
record MadeUpSet(List<Judged> judged, Description description) implements JudgedSet {
    private static final List<String> WORDS = List.of("sql", "poem", "hello");
    static final List<String> MODELS = List.of("small", "coder", "strong");
    private static final double[][] MEANS = {{0.2, 0.2, 0.8}, {0.9, 0.2, 0.8}, {0.85, 0.8, 0.8}};

    static MadeUpSet of(int queries, double missing) {
        Random random = new Random(7);
        List<Judged> judged = new ArrayList<>();
        for (int i = 0; i < queries; i++) {
            int first = i % 3;
            int second = random.nextInt(3);
            String text = "number " + i + " " + WORDS.get(first) + (i % 5 == 0 ? " " + WORDS.get(second) : "");
            List<Double> quality = new ArrayList<>();
            List<Double> tokens = new ArrayList<>();
            for (int m = 0; m < 3; m++) {
                boolean absent = m == 1 && random.nextDouble() < missing;
                quality.add(
                        absent ? Double.NaN : Math.max(0, Math.min(1, MEANS[m][first] + 0.2 * random.nextGaussian())));
                tokens.add(first == 1 ? 400.0 : 100.0);
            }
            judged.add(new Judged(Query.of(text), quality, tokens));
        }
        Map<String, Price> prices =
                Map.of("small", new Price(0.1, 0.1), "coder", new Price(1, 1), "strong", new Price(10, 10));
        return new MadeUpSet(
                judged, new Description("made-up", MODELS, prices, "strong", 0.05, "made up for tests, Apache-2.0"));
    }

    @Override
    public void read(Sink sink) throws IOException {
        for (Judged query : judged) {
            sink.accept(query);
        }
    }
}
