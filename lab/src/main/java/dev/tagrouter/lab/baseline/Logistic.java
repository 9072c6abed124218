package dev.tagrouter.lab.baseline;

/** The logistic function and its kin. */
final class Logistic {
    private Logistic() {}

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** {@code -y log sigmoid(x) - (1 - y) log(1 - sigmoid(x))}, without overflow. */
    static double crossEntropy(double x, double y) {
        return Math.max(x, 0) - x * y + Math.log1p(Math.exp(-Math.abs(x)));
    }

    static double[] softmax(float[] x) {
        double most = Double.NEGATIVE_INFINITY;
        for (float each : x) {
            most = Math.max(most, each);
        }
        double[] p = new double[x.length];
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            p[i] = Math.exp(x[i] - most);
            sum += p[i];
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
        }
        return p;
    }
}
