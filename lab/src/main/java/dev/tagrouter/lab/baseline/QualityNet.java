package dev.tagrouter.lab.baseline;

/** A net that predicts the quality of every candidate's answer to a query, trained by binary cross-entropy. */
final class QualityNet {
    /** Heads on frozen embeddings are all trained in this way. */
    private static final Training TRAINING = new Training(1e-3, 0, 32, 100, 0, 5);

    private final Inputs inputs;
    private final Net net;

    /**
     * @param x the inputs of the examples learnt from
     * @param example their positions in the lesson
     * @param hidden width of the one hidden layer; 0 for none
     */
    QualityNet(Lesson lesson, Inputs inputs, Input[] x, int[] example, int hidden) {
        this.inputs = inputs;
        float[][] target = new float[x.length][];
        for (int i = 0; i < x.length; i++) {
            target[i] = lesson.qualities(example[i]);
        }
        int models = lesson.modelCount();
        this.net = Net.trained(
                inputs,
                x,
                hidden == 0 ? new int[] {models} : new int[] {hidden, models},
                true,
                Objective.binaryCrossEntropy(target),
                TRAINING,
                Seeds.METHOD);
    }

    void predict(Example example, double[] quality) {
        float[] out = net.output(inputs.of(example));
        for (int m = 0; m < quality.length; m++) {
            quality[m] = Logistic.sigmoid(out[m]);
        }
    }
}
