package dev.tagrouter.lab.baseline;

/** Parameters with their gradient, updated by Adam (Kingma and Ba, arXiv 1412.6980). Not for several threads. */
final class Adam {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final float EPSILON = 1e-8f;

    final float[] value;
    final float[] gradient;
    private final float[] first;
    private final float[] second;

    Adam(int count) {
        this.value = new float[count];
        this.gradient = new float[count];
        this.first = new float[count];
        this.second = new float[count];
    }

    /**
     * Moves the parameters from {@code from} on against their gradient, which is set back to 0.
     *
     * @param share what the summed gradient is multiplied by: 1 / examples in the batch
     * @param step how many steps there were, this one counted
     */
    void step(int from, int to, float share, Training training, int step) {
        float decay = (float) training.weightDecay();
        float b1 = (float) BETA1;
        float b2 = (float) BETA2;
        float rate = (float) (training.rate() * Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step)));
        float epsilon = (float) (EPSILON * Math.sqrt(1 - Math.pow(BETA2, step)));
        for (int i = from; i < to; i++) {
            float g = gradient[i] * share + decay * value[i];
            float m = b1 * first[i] + (1 - b1) * g;
            float v = b2 * second[i] + (1 - b2) * g * g;
            first[i] = m;
            second[i] = v;
            value[i] -= rate * m / ((float) Math.sqrt(v) + epsilon);
            gradient[i] = 0;
        }
    }
}
