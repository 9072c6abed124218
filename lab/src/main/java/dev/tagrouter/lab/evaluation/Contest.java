package dev.tagrouter.lab.evaluation;

import dev.tagrouter.lab.baseline.Methods;
import dev.tagrouter.lab.baseline.Thirteen;
import dev.tagrouter.lab.metric.Holm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ours against all others at once, by the p-values of "ours beats it".
 *
 * @param holm the Holm-corrected p-values of those of the thirteen baselines that took part, by method
 * @param beaten how many of all methods ours beats with p below {@value #LEVEL}, uncorrected
 * @param methods of how many
 * @param baselinesBeaten how many of the thirteen that took part ours beats, uncorrected
 * @param baselinesBeatenHolm the same by the corrected p-values
 */
public record Contest(Map<String, Double> holm, int beaten, int methods, int baselinesBeaten, int baselinesBeatenHolm) {
    private static final double LEVEL = 0.05;

    public Contest {
        holm = Map.copyOf(holm);
    }

    /** @param pValues by method; NaN and what is ours are left out */
    static Contest of(Map<String, Double> pValues) {
        Map<String, Double> all = new LinkedHashMap<>(pValues);
        all.values().removeIf(p -> p.isNaN());
        all.keySet().removeIf(Methods::isOurs);
        List<String> baselines = new ArrayList<>(all.keySet());
        baselines.removeIf(method -> !Thirteen.has(method));
        double[] raw = baselines.stream().mapToDouble(all::get).toArray();
        double[] corrected = Holm.corrected(raw);
        Map<String, Double> holm = new LinkedHashMap<>();
        for (int i = 0; i < corrected.length; i++) {
            holm.put(baselines.get(i), corrected[i]);
        }
        return new Contest(
                holm,
                below(all.values().stream().mapToDouble(Double::doubleValue).toArray()),
                all.size(),
                below(raw),
                below(corrected));
    }

    private static int below(double[] pValues) {
        int count = 0;
        for (double p : pValues) {
            count += p < LEVEL ? 1 : 0;
        }
        return count;
    }

    /** Over how many methods p-values were corrected: those of the thirteen that took part. */
    public int corrected() {
        return holm.size();
    }

    /** The corrected p-value of a method; NaN for one that is not among the thirteen, and for ours. */
    public double holm(String method) {
        return holm.getOrDefault(method, Double.NaN);
    }
}
