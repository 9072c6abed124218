package dev.tagrouter.lab.baseline;

import java.util.Arrays;
import java.util.List;
import libsvm.svm;
import libsvm.svm_model;
import libsvm.svm_node;
import org.tribuo.Dataset;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.classification.Label;
import org.tribuo.classification.libsvm.LibSVMClassificationTrainer;
import org.tribuo.classification.libsvm.SVMClassificationType;
import org.tribuo.classification.libsvm.SVMClassificationType.SVMMode;
import org.tribuo.common.libsvm.KernelType;
import org.tribuo.common.libsvm.LibSVMModel;
import org.tribuo.common.libsvm.LibSVMTrainer;
import org.tribuo.common.libsvm.SVMParameters;

/**
 * A support vector machine of which candidate is best: RBF kernel, C = 1, gamma = 1 / (dimensions * variance), LibSVM
 * through Tribuo. A candidate is worth its votes among pairs of candidates, and less than a third of a vote more or less by
 * the summed decision values, as scikit-learn's one-vs-rest form of them.
 *
 * <p>Trained on at most {@value #MOST_EXAMPLES} examples, evenly drawn, for its time grows with their square.
 */
final class SvmRouter implements Method {
    private static final int MOST_EXAMPLES = 3_000;
    private static final double NEVER_BEST = -1;

    @Override
    public String name() {
        return "svm";
    }

    @Override
    public String description() {
        return "support vector machine of the best model on sentence embeddings, RBF kernel";
    }

    @Override
    public boolean needsEmbeddings() {
        return true;
    }

    @Override
    public Valuer fit(Lesson lesson, int trial) {
        Inputs inputs = Inputs.embedding(lesson);
        Input[] x = inputs.of(lesson);
        BestModel best = new BestModel(lesson, inputs);
        Dataset<Label> dataset = best.dataset(x, MOST_EXAMPLES);
        ExpectedCost cost = new ExpectedCost(lesson);
        if (dataset.getOutputInfo().size() == 1) {
            int always = best.of(0);
            return (example, value, costUsd) -> {
                Arrays.fill(value, NEVER_BEST);
                value[always] = 0;
                cost.of(example.query(), costUsd);
            };
        }
        SVMParameters<Label> parameters = new SVMParameters<>(new SVMClassificationType(SVMMode.C_SVC), KernelType.RBF);
        parameters.setCost(1);
        parameters.setGamma(1 / (inputs.dense() * variance(x)));
        LibSVMModel<Label> model = new LibSVMClassificationTrainer(parameters, Seeds.METHOD).train(dataset);
        Votes votes = Votes.of(model);
        return (example, value, costUsd) -> {
            votes.count(LibSVMTrainer.exampleToNodes(best.query(inputs.of(example)), votes.features(), null), value);
            cost.of(example.query(), costUsd);
        };
    }

    /** The variance of all numbers of all inputs together. */
    static double variance(Input[] x) {
        double sum = 0;
        double squares = 0;
        long count = 0;
        for (Input each : x) {
            for (float value : each.dense) {
                sum += value;
                squares += (double) value * value;
                count++;
            }
        }
        double mean = sum / count;
        return Math.max(1e-12, squares / count - mean * mean);
    }

    /**
     * A trained machine, and the candidate that each of its classes stands for.
     *
     * @param machine LibSVM's
     * @param features the library's numbers of the dimensions
     * @param candidates by class
     */
    private record Votes(svm_model machine, ImmutableFeatureMap features, List<Integer> candidates) {
        static Votes of(LibSVMModel<Label> model) {
            svm_model machine = model.getInnerModels().getFirst();
            return new Votes(
                    machine,
                    model.getFeatureIDMap(),
                    Arrays.stream(machine.label)
                            .mapToObj(id -> Integer.valueOf(
                                    model.getOutputIDInfo().getOutput(id).getLabel()))
                            .toList());
        }

        void count(svm_node[] query, double[] value) {
            int classes = candidates.size();
            double[] decision = new double[classes * (classes - 1) / 2];
            svm.svm_predict_values(machine, query, decision);
            double[] votes = new double[classes];
            double[] sum = new double[classes];
            int pair = 0;
            for (int a = 0; a < classes; a++) {
                for (int b = a + 1; b < classes; b++) {
                    votes[decision[pair] > 0 ? a : b]++;
                    sum[a] += decision[pair];
                    sum[b] -= decision[pair];
                    pair++;
                }
            }
            Arrays.fill(value, NEVER_BEST);
            for (int c = 0; c < classes; c++) {
                value[candidates.get(c)] = votes[c] + sum[c] / (3 * (Math.abs(sum[c]) + 1));
            }
        }
    }
}
