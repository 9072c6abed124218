package dev.tagrouter.lab.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.lab.evaluation.ContaminationReport;
import dev.tagrouter.lab.evaluation.ContaminationReport.Finding;
import dev.tagrouter.lab.evaluation.Overlap;
import java.util.List;

/** The section {@code contamination} of {@code results.json}: counts only, no texts. */
public final class ContaminationFile {
    private ContaminationFile() {}

    /** The section. */
    public static ObjectNode json(ContaminationReport report) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        findings(root.putArray("betweenFolds"), report.folds());
        findings(root.putArray("betweenOwnSplits"), report.splits());
        findings(root.putArray("foldsAndTheirTaggersTraining"), report.taggers());
        findings(root.putArray("setsAndAllTagged"), report.tagged());
        return root;
    }

    private static void findings(ArrayNode list, List<Finding> findings) {
        for (Finding finding : findings) {
            ObjectNode out = list.addObject().put("data", finding.data());
            if (finding.fold() >= 0) {
                out.put("fold", finding.fold());
            }
            counts(out, finding.overlap());
        }
    }

    /** The counts of one comparison. */
    public static ObjectNode counts(ObjectNode out, Overlap overlap) {
        return out.put("first", overlap.first())
                .put("second", overlap.second())
                .put("exact", overlap.exact())
                .put("near", overlap.near());
    }
}
