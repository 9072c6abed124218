package dev.tagrouter.lab.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.core.tagging.Tag;
import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.core.tagging.Topics;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.core.testing.TinyProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tags that occur together get places together, and topics between them; the same seed gives the same. */
class TopicMakerTest {
    private static final int TAGS = 80;

    /** Eight fields of ten tags each; a query takes three of one field. */
    private final Vocabulary vocabulary = new Vocabulary(IntStream.range(0, TAGS)
            .mapToObj(t -> new Vocabulary.Entry(
                    "field%c%c".formatted((char) (97 + t / 10), (char) (97 + t % 10)), 10 + t, List.of()))
            .toList());

    private List<TaggedQuery> queries(int count) {
        SplittableRandom random = new SplittableRandom(4);
        List<TaggedQuery> queries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int field = random.nextInt(8);
            StringBuilder text = new StringBuilder();
            for (int w = 0; w < 3; w++) {
                text.append("field%c%c ".formatted((char) (97 + field), (char) (97 + random.nextInt(10))));
            }
            queries.add(new TaggedQuery("q:" + i, "en", false, text.toString(), List.of()));
        }
        return queries;
    }

    private Vocabulary withTopics(Vocabulary given, int count, long seed) {
        EmbeddedTagger tagger = TinyProfile.tagger(given);
        List<Tags> written =
                queries(count).stream().map(query -> tagger.tag(query.query())).toList();
        return TopicMaker.withTopics(given, written, seed);
    }

    @Test
    void tagsOfOneFieldStandTogether() {
        Topics topics = withTopics(vocabulary, 2000, 1).topics();

        assertThat(topics.size()).isBetween(8, 32);
        assertThat(cosine(topics, 3, 7)).isGreaterThan(0.9);
        assertThat(cosine(topics, 3, 73)).isLessThan(0.5);
        assertThat(topics.name(0)).startsWith("topic: field").contains(" + ");
    }

    @Test
    void theSameSeedGivesTheSameTopics() {
        Vocabulary first = withTopics(vocabulary, 1000, 1);
        Vocabulary second = withTopics(vocabulary, 1000, 1);
        Tags one = Tags.of(first, List.of(new Tag("fieldcd", 1)));
        Tags two = Tags.of(second, List.of(new Tag("fieldcd", 1)));
        for (int k = 0; k < one.termCount(); k++) {
            assertThat(one.units(k)).isEqualTo(two.units(k));
        }
    }

    @Test
    void fewTagsOrQueriesHaveNoTopics() {
        assertThat(withTopics(vocabulary, 100, 1)).isSameAs(vocabulary);
        Vocabulary small = TinyProfile.vocabulary();
        assertThat(withTopics(small, 2000, 1)).isSameAs(small);
    }

    @Test
    void leadingEigenvectorsSolveTheEigenproblem() {
        SplittableRandom random = new SplittableRandom(9);
        int n = 60;
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                matrix[i][j] = random.nextDouble();
                matrix[j][i] = matrix[i][j];
            }
        }
        LeadingEigenvectors leading = new LeadingEigenvectors(matrix, 2, 1);
        for (int v = 0; v < 2; v++) {
            double[] vector = leading.vector(v);
            for (int i = 0; i < n; i++) {
                double image = 0;
                for (int j = 0; j < n; j++) {
                    image += matrix[i][j] * vector[j];
                }
                assertThat(image).isCloseTo(leading.value(v) * vector[i], within(0.02));
            }
        }
        assertThat(leading.value(0)).isGreaterThan(leading.value(1));
    }

    private static double cosine(Topics topics, int a, int b) {
        double sum = 0;
        for (int d = 0; d < topics.dimensions(); d++) {
            sum += topics.placeOfTag(a)[d] * topics.placeOfTag(b)[d];
        }
        return sum;
    }
}
