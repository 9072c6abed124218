package dev.tagrouter.lab.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.MersenneTwister;

/**
 * K-means clusters of unit vectors, and the mean quality and cost of each candidate in each. Safe for use by many threads.
 *
 * <p>Centres are found on at most {@value #MOST_POINTS} examples, evenly drawn; all examples count in the means.
 */
final class Clusters {
    private static final int MOST_POINTS = 4_000;
    private static final int MOST_ITERATIONS = 30;

    private final float[][] centre;
    private final double[] squaredLength;
    /** By cluster and candidate. */
    private final double[][] quality;

    private final double[][] costUsd;

    /** @param k how many clusters; no more than there are distinct vectors */
    Clusters(Lesson lesson, Input[] x, int k) {
        this.centre = centres(x, k);
        this.squaredLength = new double[centre.length];
        for (int c = 0; c < centre.length; c++) {
            squaredLength[c] = dot(centre[c], centre[c]);
        }
        int models = lesson.modelCount();
        this.quality = new double[centre.length][models];
        this.costUsd = new double[centre.length][models];
        int[] members = new int[centre.length];
        for (int i = 0; i < x.length; i++) {
            int c = nearest(x[i]);
            members[c]++;
            for (int m = 0; m < models; m++) {
                quality[c][m] += lesson.quality(i, m);
                costUsd[c][m] += lesson.costUsd(i, m);
            }
        }
        double[] meanQuality = lesson.meanQuality();
        double[] meanCostUsd = lesson.meanCostUsd();
        for (int c = 0; c < centre.length; c++) {
            for (int m = 0; m < models; m++) {
                quality[c][m] = members[c] == 0 ? meanQuality[m] : quality[c][m] / members[c];
                costUsd[c][m] = members[c] == 0 ? meanCostUsd[m] : costUsd[c][m] / members[c];
            }
        }
    }

    private static float[][] centres(Input[] x, int k) {
        List<DoublePoint> points = new ArrayList<>();
        int count = Math.min(x.length, MOST_POINTS);
        for (int i = 0; i < count; i++) {
            float[] dense = x[(int) ((long) i * x.length / count)].dense;
            double[] point = new double[dense.length];
            for (int d = 0; d < point.length; d++) {
                point[d] = dense[d];
            }
            points.add(new DoublePoint(point));
        }
        int distinct = (int) points.stream().distinct().limit(k).count();
        return new KMeansPlusPlusClusterer<DoublePoint>(
                        distinct, MOST_ITERATIONS, new EuclideanDistance(), new MersenneTwister(Seeds.METHOD))
                .cluster(points).stream().map(Clusters::floats).toArray(float[][]::new);
    }

    private static float[] floats(CentroidCluster<DoublePoint> cluster) {
        double[] point = cluster.getCenter().getPoint();
        float[] floats = new float[point.length];
        for (int d = 0; d < floats.length; d++) {
            floats[d] = (float) point[d];
        }
        return floats;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }

    int count() {
        return centre.length;
    }

    /** The cluster whose centre is nearest; of equals the first. */
    int nearest(Input x) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < centre.length; c++) {
            double distance = squaredLength[c] - 2 * dot(centre[c], x.dense);
            if (distance < least) {
                least = distance;
                nearest = c;
            }
        }
        return nearest;
    }

    /** 1 - cosine to a cluster's centre. */
    double cosineDistance(Input x, int cluster) {
        return 1 - dot(centre[cluster], x.dense) / Math.sqrt(Math.max(1e-12, squaredLength[cluster]));
    }

    /** Mean quality of each candidate in a cluster; not to be written to. */
    double[] quality(int cluster) {
        return quality[cluster];
    }

    /** Mean cost of each candidate in a cluster; not to be written to. */
    double[] costUsd(int cluster) {
        return costUsd[cluster];
    }

    /** The clusters nearest by cosine distance, nearest first. */
    int[] nearest(Input x, int count) {
        double[] distance = new double[centre.length];
        for (int c = 0; c < distance.length; c++) {
            distance[c] = cosineDistance(x, c);
        }
        int[] nearest = new int[Math.min(count, centre.length)];
        boolean[] taken = new boolean[centre.length];
        Arrays.setAll(nearest, i -> {
            int best = -1;
            for (int c = 0; c < distance.length; c++) {
                best = !taken[c] && (best < 0 || distance[c] < distance[best]) ? c : best;
            }
            taken[best] = true;
            return best;
        });
        return nearest;
    }
}
