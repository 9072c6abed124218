package dev.tagrouter.lab.baseline;

import dev.tagrouter.core.embedding.Embedding;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Tag;
import dev.tagrouter.core.tagging.Tagger;
import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.learning.JudgedSet.Judged;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** An invented world of two kinds of query: on one the first model is good, on the other the second. */
final class World {
    static final int DIMENSIONS = 8;
    private static final Vocabulary VOCABULARY = new Vocabulary(
            List.of(new Vocabulary.Entry("poem", 9, List.of()), new Vocabulary.Entry("sums", 9, List.of())));

    /** Reads the kind off the text. */
    private static final Tagger TAGGER = new Tagger() {
        @Override
        public Tags tag(Query query) {
            boolean poem = query.turns().getFirst().startsWith("poem");
            return Tags.of(VOCABULARY, List.of(new Tag(poem ? "poem" : "sums", 0.9)));
        }

        @Override
        public Vocabulary vocabulary() {
            return VOCABULARY;
        }
    };

    private World() {}

    /** What a model's answer is worth. */
    @FunctionalInterface
    interface Quality {
        double of(boolean poem, int model, SplittableRandom random);
    }

    /** Right nine times in ten on its own kind, one time in ten on the other. */
    static double specialised(boolean poem, int model, SplittableRandom random) {
        return random.nextDouble() < (poem == (model % 2 == 0) ? 0.9 : 0.1) ? 1 : 0;
    }

    static Lesson lesson(int queries, int models, long seed, Quality quality) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Example> examples = new ArrayList<>();
        List<Judged> judged = new ArrayList<>();
        for (int i = 0; i < queries; i++) {
            boolean poem = random.nextBoolean();
            Query query = Query.of((poem ? "poem " : "sums ") + i);
            float[] direction = new float[DIMENSIONS];
            for (int d = 0; d < DIMENSIONS; d++) {
                direction[d] = (float) (0.3 * random.nextGaussian() + (d == (poem ? 0 : 1) ? 1 : 0));
            }
            examples.add(new Example(query, TAGGER.tag(query), Embedding.of(direction)));
            judged.add(new Judged(
                    query,
                    IntStream.range(0, models)
                            .mapToObj(m -> Double.valueOf(quality.of(poem, m, random)))
                            .toList(),
                    IntStream.range(0, models).mapToObj(m -> 100.0).toList()));
        }
        return new Lesson(
                IntStream.range(0, models).mapToObj(m -> "model-" + m).toList(),
                IntStream.range(0, models)
                        .mapToObj(m -> new Price(Math.pow(3, m), Math.pow(3, m)))
                        .toList(),
                0,
                TAGGER,
                examples,
                judged);
    }
}
