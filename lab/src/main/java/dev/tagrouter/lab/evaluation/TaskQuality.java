package dev.tagrouter.lab.evaluation;

import dev.tagrouter.lab.metric.Outcomes;
import java.util.Map;
import java.util.TreeMap;

/** What decisions come to on each task of a pool. Sources without tasks have none. */
final class TaskQuality {
    private final PoolData data;
    private final Map<String, Integer> queries = new TreeMap<>();

    TaskQuality(PoolData data) {
        this.data = data;
        data.tasks().forEach(task -> queries.merge(task, 1, Integer::sum));
        if (queries.size() < 2) {
            queries.clear();
        }
    }

    /** How many queries each task has. */
    Map<String, Integer> queries() {
        return queries;
    }

    /** Mean quality of what was chosen, by task. */
    Map<String, Double> of(Outcomes truth, int[] chosen) {
        Map<String, Double> mean = new TreeMap<>();
        for (int q = 0; q < chosen.length; q++) {
            String task = data.tasks().get(q);
            Integer count = queries.get(task);
            if (count != null) {
                mean.merge(task, truth.quality(q, chosen[q]) / count, Double::sum);
            }
        }
        return mean;
    }
}
