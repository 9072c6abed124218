package dev.tagrouter.lab.baseline;

import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
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
    /** Held on to, for what is set here lasts only as long as the logger; the library reports every training. */
    private static final Logger LIBRARY = Logger.getLogger("org.tribuo");

    static {
        LIBRARY.setLevel(Level.WARNING);
    }

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

    /** The examples, each with its best candidate. */
    Dataset<Label> dataset(Input[] x) {
        LabelFactory factory = new LabelFactory();
        MutableDataset<Label> dataset =
                new MutableDataset<>(new SimpleDataSourceProvenance("lesson", factory), factory);
        for (int i = 0; i < x.length; i++) {
            dataset.add(example(x[i], new Label(Integer.toString(of(i)))));
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
