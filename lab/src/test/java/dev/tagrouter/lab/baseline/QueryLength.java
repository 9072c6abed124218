package dev.tagrouter.lab.baseline;

import java.util.stream.IntStream;

/** Routes by length alone: a candidate is worth its mean quality on training queries as long, or as short, as this one. */
final class QueryLength implements Method {
    @Override
    public String name() {
        return "query-length";
    }

    @Override
    public String description() {
        return "mean quality on queries of 30 tokens and more, and on shorter ones";
    }

    @Override
    public Valuer fit(Lesson lesson, int trial) {
        double[] onShort = meanQuality(lesson, false);
        double[] onLong = meanQuality(lesson, true);
        ExpectedCost cost = new ExpectedCost(lesson);
        return (example, value, costUsd) -> {
            System.arraycopy(isLong(example) ? onLong : onShort, 0, value, 0, value.length);
            cost.of(example.query(), costUsd);
        };
    }

    private static double[] meanQuality(Lesson lesson, boolean wanted) {
        IntStream all = IntStream.range(0, lesson.examples().size());
        int[] alike =
                all.filter(i -> isLong(lesson.examples().get(i)) == wanted).toArray();
        return alike.length == 0 ? lesson.meanQuality() : lesson.at(alike).meanQuality();
    }

    private static boolean isLong(Example example) {
        return example.query().inputTokens() >= 30;
    }
}
