package dev.tagrouter.lab.evaluation;

import dev.tagrouter.lab.dataset.JudgedRow;
import dev.tagrouter.lab.dataset.JudgedTable;
import dev.tagrouter.lab.evaluation.Overlap.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation could have seen before it was tested on it.
 *
 * @param folds for each set and fold: the fold's queries among those of the other folds
 * @param splits for each set with a split of its own: the queries of its test split among the others; the protocol does
 *     not use that split
 * @param taggers for each set and fold: the fold's queries among the tagged ones that the fold's tagger learned from
 * @param tagged for each set: its queries among all tagged ones, which a tagger for production learns from
 */
public record ContaminationReport(
        List<Finding> folds, List<Finding> splits, List<Finding> taggers, List<Finding> tagged) {
    private static final String TEST = "test";

    public ContaminationReport {
        folds = List.copyOf(folds);
        splits = List.copyOf(splits);
        taggers = List.copyOf(taggers);
        tagged = List.copyOf(tagged);
    }

    /**
     * One comparison.
     *
     * @param data the set
     * @param fold the fold under test, or -1 where none is
     * @param overlap what it came to
     */
    public record Finding(String data, int fold, Overlap overlap) {}

    static ContaminationReport of(Corpus corpus) {
        List<Finding> folds = new ArrayList<>();
        List<Finding> splits = new ArrayList<>();
        List<Finding> taggers = new ArrayList<>();
        List<Finding> tagged = new ArrayList<>();
        TextGroups groups = corpus.folds().groups();
        List<Text> allTagged = corpus.tagged().stream()
                .map(query -> new Text(query.id(), query.text()))
                .toList();
        for (Map.Entry<String, JudgedTable> set : new TreeMap<>(corpus.tables()).entrySet()) {
            List<Text> all = texts(set.getValue(), null);
            for (int fold = 0; fold < corpus.folds().count(); fold++) {
                List<Text> tested = inFold(all, fold, true, corpus.folds());
                folds.add(new Finding(
                        set.getKey(), fold, Overlap.between(inFold(all, fold, false, corpus.folds()), tested, groups)));
                taggers.add(new Finding(
                        set.getKey(),
                        fold,
                        Overlap.between(inFold(allTagged, fold, false, corpus.folds()), tested, groups)));
            }
            tagged.add(new Finding(set.getKey(), -1, Overlap.between(allTagged, all, groups)));
            List<Text> ownTest = texts(set.getValue(), true);
            List<Text> ownRest = texts(set.getValue(), false);
            if (!ownTest.isEmpty() && !ownRest.isEmpty()) {
                splits.add(new Finding(set.getKey(), -1, Overlap.between(ownRest, ownTest, groups)));
            }
        }
        return new ContaminationReport(folds, splits, taggers, tagged);
    }

    /** @param test whether those of the test split, or of the others; all for null */
    private static List<Text> texts(JudgedTable table, @Nullable Boolean test) {
        return table.rows().stream()
                .filter(row -> test == null || isTest(row) == test)
                .map(row -> new Text(row.id(), row.text()))
                .toList();
    }

    private static boolean isTest(JudgedRow row) {
        return row.split().equals(TEST);
    }

    private static List<Text> inFold(List<Text> texts, int fold, boolean inside, Folds folds) {
        return texts.stream()
                .filter(text -> (folds.of(text.text()) == fold) == inside)
                .toList();
    }

    /** How many tested queries the protocol itself let in: by the other folds, and by the taggers. */
    public int letIn() {
        return sum(folds) + sum(taggers);
    }

    /** How many texts some comparisons found on both sides. */
    public static int sum(List<Finding> findings) {
        return findings.stream().mapToInt(finding -> finding.overlap().count()).sum();
    }
}
