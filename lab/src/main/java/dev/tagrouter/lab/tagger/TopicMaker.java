package dev.tagrouter.lab.tagger;

import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.core.tagging.Topics;
import dev.tagrouter.core.tagging.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.JDKRandomGenerator;

/**
 * Finds the topics of a vocabulary on tagged queries.
 *
 * <p>A tag's place are its coordinates along the leading eigenvectors of the positive pointwise mutual information of
 * soft tags, each times the root of its eigenvalue (Levy and Goldberg, NIPS 2014), brought to unit length; topics are the
 * centres of k-means over the queries' places. How many of both was chosen on judged sets (docs/adr/0015).
 */
public final class TopicMaker {
    private static final int DIMENSIONS = 15;
    private static final int TOPICS = 32;
    private static final int LEAST_TAGS = 4 * DIMENSIONS;
    private static final int LEAST_QUERIES = 20 * TOPICS;
    private static final int MOST_ITERATIONS = 50;
    private static final int NAME_TAGS = 3;
    private static final float UNITS = 1000;

    private final List<Tags> tagged;
    private final long seed;

    private TopicMaker(List<Tags> tagged, long seed) {
        this.tagged = tagged;
        this.seed = seed;
    }

    /**
     * The same vocabulary with topics; as it is where tags or queries are too few to tell any, or a tag is named as topics
     * are.
     *
     * @param written the tags of queries, such as a tagger's training queries
     */
    public static Vocabulary withTopics(Vocabulary vocabulary, List<Tags> written, long seed) {
        List<Tags> tagged = written.stream().filter(tags -> !tags.isEmpty()).toList();
        boolean taken = vocabulary.entries().stream().anyMatch(tag -> tag.name().startsWith(Topics.PREFIX));
        if (taken || vocabulary.size() < LEAST_TAGS || tagged.size() < LEAST_QUERIES) {
            return vocabulary;
        }
        return vocabulary.with(new TopicMaker(tagged, seed).topics(vocabulary));
    }

    private Topics topics(Vocabulary vocabulary) {
        float[][] places = places(new MutualInformation(vocabulary.size(), tagged).positive());
        // The places of queries need topics to ask; any one will do for that.
        float[][] some = {
            places[
                    IntStream.range(0, places.length)
                            .filter(t -> !isNowhere(places[t]))
                            .findFirst()
                            .orElseThrow()]
        };
        Topics space = Topics.of(List.of(Topics.PREFIX + "any"), some, places);
        float[][] centres = centres(space);
        return Topics.of(names(vocabulary, places, centres), centres, places);
    }

    private float[][] places(double[][] information) {
        LeadingEigenvectors leading = new LeadingEigenvectors(information, DIMENSIONS, seed);
        float[][] places = new float[information.length][];
        for (int t = 0; t < places.length; t++) {
            double[] place = new double[DIMENSIONS];
            for (int d = 0; d < DIMENSIONS; d++) {
                place[d] = leading.vector(d)[t] * Math.sqrt(Math.max(0, leading.value(d)));
            }
            places[t] = direction(place);
        }
        return places;
    }

    private float[][] centres(Topics space) {
        List<DoublePoint> points = new ArrayList<>();
        for (Tags tags : tagged) {
            float[] place = tags.place(space);
            if (!isNowhere(place)) {
                points.add(new DoublePoint(IntStream.range(0, place.length)
                        .mapToDouble(d -> place[d])
                        .toArray()));
            }
        }
        JDKRandomGenerator random = new JDKRandomGenerator();
        random.setSeed(seed);
        List<CentroidCluster<DoublePoint>> clusters = new KMeansPlusPlusClusterer<DoublePoint>(
                        TOPICS, MOST_ITERATIONS, new EuclideanDistance(), random)
                .cluster(points);
        return clusters.stream()
                .map(cluster -> direction(cluster.getCenter().getPoint()))
                .filter(centre -> !isNowhere(centre))
                .toArray(float[][]::new);
    }

    /** Each topic after the frequent tags near it. */
    private static List<String> names(Vocabulary vocabulary, float[][] places, float[][] centres) {
        List<String> names = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (float[] centre : centres) {
            List<String> near = IntStream.range(0, places.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer t) -> -dot(places[t], centre)
                            * Math.sqrt((double) vocabulary.entries().get(t).frequency())))
                    .limit(NAME_TAGS)
                    .map(vocabulary::name)
                    .toList();
            String name = Topics.PREFIX + String.join(" + ", near);
            int again = 2;
            while (!known.add(name)) {
                name = Topics.PREFIX + String.join(" + ", near) + " " + again++;
            }
            names.add(name);
        }
        return names;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += (double) a[d] * b[d];
        }
        return sum;
    }

    private static boolean isNowhere(float[] place) {
        for (float x : place) {
            if (x != 0) {
                return false;
            }
        }
        return true;
    }

    /** To unit length, rounded as the file form shows it, so that what was trained is what is read back. */
    private static float[] direction(double[] place) {
        double length = Math.sqrt(Arrays.stream(place).map(x -> x * x).sum());
        float[] direction = new float[place.length];
        for (int d = 0; d < place.length && length > 1e-9; d++) {
            direction[d] = Math.round(place[d] / length * UNITS) / UNITS;
        }
        return direction;
    }
}
