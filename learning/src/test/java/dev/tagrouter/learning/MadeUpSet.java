package dev.tagrouter.learning;

import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.tagging.Query;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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

    /** The first queries. */
    MadeUpSet first(int queries) {
        return new MadeUpSet(judged.subList(0, queries), description);
    }

    /** The judgments of another set, and of this one's as many as make {@code queries} in all. */
    MadeUpSet with(MadeUpSet other, int queries) {
        List<Judged> all = new ArrayList<>(other.judged);
        all.addAll(judged.subList(0, queries - all.size()));
        return new MadeUpSet(all, description);
    }

    /** With a model judged on the first queries only. */
    MadeUpSet knownOnFirst(int queries, String model) {
        int m = description.models().indexOf(model);
        List<Judged> less = new ArrayList<>();
        for (Judged query : judged) {
            List<Double> quality = new ArrayList<>(query.quality());
            List<Double> tokens = new ArrayList<>(query.outputTokens());
            if (less.size() >= queries) {
                quality.set(m, Double.NaN);
                tokens.set(m, Double.NaN);
            }
            less.add(new Judged(query.query(), quality, tokens));
        }
        return new MadeUpSet(less, description);
    }

    /** Some models, in this order; the dearest of them is the reference. */
    MadeUpSet only(String... names) {
        List<Integer> positions =
                Arrays.stream(names).map(description.models()::indexOf).toList();
        List<Judged> fewer = judged.stream()
                .map(query -> new Judged(
                        query.query(),
                        positions.stream().map(query.quality()::get).toList(),
                        positions.stream().map(query.outputTokens()::get).toList()))
                .toList();
        List<String> models = List.of(names);
        Map<String, Price> prices = new HashMap<>(description.prices());
        prices.keySet().retainAll(models);
        String reference = models.contains("strong") ? "strong" : models.getFirst();
        return new MadeUpSet(
                fewer,
                new Description(description.name(), models, prices, reference, description.tieMargin(), "made up"));
    }

    /** With another reference. */
    MadeUpSet against(String reference) {
        return new MadeUpSet(
                judged,
                new Description(
                        description.name(),
                        description.models(),
                        description.prices(),
                        reference,
                        description.tieMargin(),
                        description.origin()));
    }

    /** The same judgments of other texts, under another name. */
    MadeUpSet renamedQueries(String name) {
        return new MadeUpSet(
                judged.stream()
                        .map(query -> new Judged(
                                Query.of(name + " " + query.query().turns().getFirst()),
                                query.quality(),
                                query.outputTokens()))
                        .toList(),
                new Description(
                        name,
                        description.models(),
                        description.prices(),
                        description.reference(),
                        description.tieMargin(),
                        description.origin()));
    }
}
