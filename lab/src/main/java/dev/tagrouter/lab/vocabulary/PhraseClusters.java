package dev.tagrouter.lab.vocabulary;

import dev.tagrouter.core.embedding.Embedding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.ml.clustering.Cluster;
import org.apache.commons.math3.ml.clustering.Clusterable;
import org.apache.commons.math3.ml.clustering.DBSCANClusterer;

/**
 * Merges tags that are near by meaning: DBSCAN over the tags' embeddings, merge, embed again, until nothing merges.
 *
 * <p>DBSCAN alone chains: a tag is near a second, that near a third, and a cluster ends far from where it began. So within
 * a cluster the most frequent tag takes in only those whose name is near its own, and the others wait for the next round,
 * where they have merged embeddings to be near to. Each round leaves fewer tags, so it ends.
 */
final class PhraseClusters {
    /** Two tags make a cluster: a tag has one neighbour or more. */
    private static final int LEAST_NEIGHBOURS = 1;

    private final double cutOff;
    private final Map<String, Embedding> vectors;

    private static final class Point implements Clusterable {
        private final TagClass tag;
        private final double[] vector;

        private Point(TagClass tag, double[] vector) {
            this.tag = tag;
            this.vector = vector;
        }

        @Override
        public double[] getPoint() {
            return vector;
        }
    }

    /**
     * @param cutOff the least cosine, in (0, 1]
     * @param vectors the embedding of every spelling
     */
    PhraseClusters(double cutOff, Map<String, Embedding> vectors) {
        this.cutOff = cutOff;
        this.vectors = vectors;
    }

    /** What is left of some classes, which are merged in place; by frequency. */
    List<TagClass> merged(Collection<TagClass> classes) {
        List<TagClass> left = new ArrayList<>(classes);
        left.sort(TagClass.BY_FREQUENCY);
        int before;
        do {
            before = left.size();
            for (Cluster<Point> cluster : clusters(left)) {
                left.removeAll(gather(
                        cluster.getPoints().stream().map(point -> point.tag).toList()));
            }
            left.sort(TagClass.BY_FREQUENCY);
        } while (left.size() < before);
        return left;
    }

    private List<Cluster<Point>> clusters(List<TagClass> classes) {
        List<Point> points = classes.stream()
                .map(tag -> new Point(tag, doubles(tag.embedding(vectors))))
                .toList();
        return new DBSCANClusterer<Point>(1 - cutOff, LEAST_NEIGHBOURS, PhraseClusters::cosineDistance).cluster(points);
    }

    /** The members of a cluster that its most frequent one took in. */
    private List<TagClass> gather(List<TagClass> cluster) {
        List<TagClass> members = new ArrayList<>(cluster);
        members.sort(TagClass.BY_FREQUENCY);
        TagClass centre = members.removeFirst();
        List<TagClass> gone = new ArrayList<>();
        for (TagClass member : members) {
            double cosine = centre.cosine(member, vectors);
            if (cosine >= cutOff && !centre.isOpposed(member)) {
                centre.merge(member, Merge.Step.CLUSTER, cosine);
                gone.add(member);
            }
        }
        return gone;
    }

    /** For vectors of unit length. */
    private static double cosineDistance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return 1 - sum;
    }

    private static double[] doubles(Embedding embedding) {
        double[] values = new double[embedding.dimensions()];
        for (int i = 0; i < values.length; i++) {
            values[i] = embedding.value(i);
        }
        return values;
    }
}
