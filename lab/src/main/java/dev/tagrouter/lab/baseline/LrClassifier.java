package dev.tagrouter.lab.baseline;

import java.util.Arrays;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.optimisers.AdaGrad;

/** Multinomial logistic regression on sentence embeddings of which candidate is best (Tribuo, AdaGrad). */
final class LrClassifier implements Method {
    private static final int EPOCHS = 10;
    private static final double[] RATES = {0.01, 0.1};
    private static final int QUIET = -1;

    @Override
    public String name() {
        return "lr";
    }

    @Override
    public String description() {
        return "logistic regression of the best model on sentence embeddings";
    }

    @Override
    public boolean needsEmbeddings() {
        return true;
    }

    @Override
    public int trials() {
        return RATES.length;
    }

    @Override
    public String setting(int trial) {
        return "rate=" + RATES[trial];
    }

    @Override
    public Valuer fit(Lesson lesson, int trial) {
        Inputs inputs = Inputs.embedding(lesson);
        BestModel best = new BestModel(lesson, inputs);
        Dataset<Label> dataset = best.dataset(inputs.of(lesson));
        Model<Label> model = new LinearSGDTrainer(
                        new LogMulticlass(), new AdaGrad(RATES[trial], 0.1), EPOCHS, QUIET, 1, Seeds.METHOD)
                .train(dataset);
        ExpectedCost cost = new ExpectedCost(lesson);
        return (example, value, costUsd) -> {
            Prediction<Label> prediction = model.predict(best.query(inputs.of(example)));
            Arrays.fill(value, 0);
            prediction.getOutputScores().forEach((label, score) -> value[Integer.parseInt(label)] = score.getScore());
            cost.of(example.query(), costUsd);
        };
    }
}
