package dev.tagrouter.learning;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the judgments of a new model are about, told from one look at them: which of them belong to which set, and which
 * other models were judged along with it.
 *
 * @param judged on how many queries the new model was judged
 * @param inSet how many of these are a set's own queries, by the set's name, in the profile's order
 * @param alongside on how many of these each other model was judged, by its name
 */
record NewJudgments(long judged, Map<String, Long> inSet, Map<String, Long> alongside) {
    /** @throws IllegalArgumentException when the data do not judge the model */
    static NewJudgments of(JudgedSet data, String model, Statistics statistics) throws IOException {
        List<String> models = data.description().models();
        int position = models.indexOf(model);
        if (position < 0) {
            throw new IllegalArgumentException("model '" + model + "' is no column of the data; they judge "
                    + String.join(", ", models) + " (--rename OLD=NEW gives a column another name)");
        }
        long[] judged = {0};
        Map<String, Long> inSet = new LinkedHashMap<>();
        statistics.sets().forEach(set -> inSet.put(set.name(), 0L));
        Map<String, Long> alongside = new LinkedHashMap<>();
        data.read(query -> {
            if (Double.isNaN(query.quality().get(position))) {
                return;
            }
            judged[0]++;
            QueryKey key = QueryKey.of(query.query());
            for (FoldedStatistics set : statistics.sets()) {
                if (set.fingerprints().contains(key)) {
                    inSet.merge(set.name(), 1L, Long::sum);
                }
            }
            for (int m = 0; m < models.size(); m++) {
                if (m != position && !Double.isNaN(query.quality().get(m))) {
                    alongside.merge(models.get(m), 1L, Long::sum);
                }
            }
        });
        if (judged[0] == 0) {
            throw new IllegalArgumentException(
                    "model '" + model + "' has no judgment in the data; fill in its column, qualities from 0 to 1");
        }
        return new NewJudgments(judged[0], inSet, alongside);
    }

    /** How many of the queries are one set's own, of the set that has most of them. */
    long most() {
        return inSet.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** The set that most of the queries belong to, or an empty list where they are of none; several on a tie. */
    List<String> closestSets() {
        long most = most();
        List<String> closest = new ArrayList<>();
        inSet.forEach((set, count) -> {
            if (most > 0 && count == most) {
                closest.add(set);
            }
        });
        return closest;
    }
}
