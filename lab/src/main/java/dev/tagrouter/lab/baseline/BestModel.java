package dev.tagrouter.lab.baseline;

import java.util.Locale;
import java.util.stream.IntStream;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * A lesson as a classification problem in the library's form: which candidate is best on a query; of equals the
 * cheapest. Labels are the candidates' positions.
 */
final class BestModel {
    private final Lesson lesson;
    private final String[] names;
    private final double[] meanCostUsd;

    BestModel(Lesson lesson, Inputs inputs) {
        this.lesson = lesson;
        // Sorted as text they are sorted by number, which the library asks for.
        this.names = IntStream.range(0, inputs.dense())
                .mapToObj(d -> String.format(Locale.ROOT, "%05d", d))
                .toArray(String[]::new);
        this.meanCostUsd = lesson.meanCostUsd();
    }

    /** The best candidate of an example. */
    int of(int example) {
        int best = 0;
        for (int m = 1; m < lesson.modelCount(); m++) {
            double gain = lesson.quality(example, m) - lesson.quality(example, best);
            best = gain > 0 || (gain == 0 && meanCostUsd[m] < meanCostUsd[best]) ? m : best;
        }
        return best;
    }

    /**
     * The examples, evenly drawn.
     *
     * @param most how many at most
     */
    Dataset<Label> dataset(Input[] x, int most) {
        LabelFactory factory = new LabelFactory();
        MutableDataset<Label> dataset =
                new MutableDataset<>(new SimpleDataSourceProvenance("lesson", factory), factory);
        int count = Math.min(x.length, most);
        for (int i = 0; i < count; i++) {
            int drawn = (int) ((long) i * x.length / count);
            dataset.add(example(x[drawn], new Label(Integer.toString(of(drawn)))));
        }
        return dataset;
    }

    /** A query whose best candidate is not known. */
    Example<Label> query(Input x) {
        return example(x, LabelFactory.UNKNOWN_LABEL);
    }

    private Example<Label> example(Input x, Label label) {
        double[] values = new double[x.dense.length];
        for (int d = 0; d < values.length; d++) {
            values[d] = x.dense[d];
        }
        return new ArrayExample<>(label, names, values);
    }
}
