package dev.tagrouter.lab.baseline;

import dev.tagrouter.core.tagging.Tags;

/**
 * ZOOTER-lite, after Lu et al. (arXiv 2311.08692): a router trained by KL divergence to the softmax of rewards, each
 * reward first mixed with the mean reward of queries of the same tags: {@code beta * own + (1 - beta) * mean by tag}.
 *
 * <p>Published as a fine-tuned mDeBERTa on reward-model scores; here a head of 128 on frozen embeddings, and the judged
 * quality is the reward, its temperature chosen on validation. Tags are the stated ones; the router reads none.
 */
final class Zooter implements Method {
    private static final double BETA = 0.3;
    private static final double[] TEMPERATURE = {0.1, 0.3, 1};
    private static final Training TRAINING = new Training(1e-3, 0, 32, 100, 0, 5);

    @Override
    public String name() {
        return "zooter-lite";
    }

    @Override
    public String description() {
        return "reward distillation with tag-based label enhancement, head on frozen embeddings (after arXiv"
                + " 2311.08692)";
    }

    @Override
    public boolean needsEmbeddings() {
        return true;
    }

    @Override
    public int trials() {
        return TEMPERATURE.length;
    }

    @Override
    public String setting(int trial) {
        return "temperature=" + TEMPERATURE[trial];
    }

    @Override
    public Valuer fit(Lesson lesson, int trial) {
        double[][] rewards = rewards(lesson);
        float[][] target = new float[rewards.length][lesson.modelCount()];
        for (int i = 0; i < target.length; i++) {
            float[] logits = new float[lesson.modelCount()];
            for (int m = 0; m < logits.length; m++) {
                logits[m] = (float) (rewards[i][m] / TEMPERATURE[trial]);
            }
            double[] p = Logistic.softmax(logits);
            for (int m = 0; m < logits.length; m++) {
                target[i][m] = (float) p[m];
            }
        }
        Inputs inputs = Inputs.embedding(lesson);
        Net net = Net.trained(
                inputs,
                inputs.of(lesson),
                new int[] {128, lesson.modelCount()},
                true,
                Objective.crossEntropy(target),
                TRAINING,
                Seeds.METHOD);
        ExpectedCost cost = new ExpectedCost(lesson);
        return (example, value, costUsd) -> {
            double[] p = Logistic.softmax(net.output(inputs.of(example)));
            System.arraycopy(p, 0, value, 0, p.length);
            cost.of(example.query(), costUsd);
        };
    }

    /** Rewards mixed with those of the same tags, by example and candidate; a query without tags keeps its own. */
    static double[][] rewards(Lesson lesson) {
        int models = lesson.modelCount();
        double[][] byTag = new double[lesson.tagger().vocabulary().size()][models];
        int[] count = new int[byTag.length];
        for (int i = 0; i < lesson.examples().size(); i++) {
            Tags tags = lesson.examples().get(i).tags();
            for (int k = 0; k < tags.statedCount(); k++) {
                count[tags.index(k)]++;
                for (int m = 0; m < models; m++) {
                    byTag[tags.index(k)][m] += lesson.quality(i, m);
                }
            }
        }
        double[][] rewards = new double[lesson.examples().size()][models];
        for (int i = 0; i < rewards.length; i++) {
            Tags tags = lesson.examples().get(i).tags();
            for (int m = 0; m < models; m++) {
                double mean = tags.statedCount() == 0 ? lesson.quality(i, m) : 0;
                for (int k = 0; k < tags.statedCount(); k++) {
                    mean += byTag[tags.index(k)][m] / count[tags.index(k)] / tags.statedCount();
                }
                rewards[i][m] = BETA * lesson.quality(i, m) + (1 - BETA) * mean;
            }
        }
        return rewards;
    }
}
