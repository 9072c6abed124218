package dev.tagrouter.core.decision;

import dev.tagrouter.core.scoring.Scores;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The candidates of one decision: what each is expected to cost, and which of them may be chosen. */
final class Field {
    private static final int NAMED = 5;

    private final Scores scores;
    private final double[] costsUsd;
    /** Null where everybody may. */
    private final boolean @Nullable [] open;

    private Field(Scores scores, double[] costsUsd, boolean @Nullable [] open) {
        this.scores = scores;
        this.costsUsd = costsUsd;
        this.open = open;
    }

    /** A rule: whom it chooses among those who may answer, or null where nobody may. */
    interface Rule {
        Decision.@Nullable Chosen choose(Field field, double theta, Constraints constraints);
    }

    /** What a rule decides under constraints, and whether a session changed it. */
    static Decision decide(Rule rule, Scores scores, double theta, long inputTokens, Constraints constraints) {
        Field all = of(scores, inputTokens, constraints);
        Constraints.Held held = constraints.held();
        Decision.Chosen chosen = rule.choose(all.holding(held), theta, constraints);
        if (chosen == null) {
            return all.nobody(theta, constraints);
        }
        if (held == null || !held.model().equals(chosen.model())) {
            return chosen;
        }
        Decision.Chosen free = rule.choose(all, theta, constraints.free());
        return free != null && free.model().equals(chosen.model()) ? chosen : chosen.because(Reason.SESSION);
    }

    /** Everybody who may answer, whoever answered before. */
    static Field of(Scores scores, long inputTokens, Constraints constraints) {
        double[] costs = new double[scores.size()];
        for (int m = 0; m < costs.length; m++) {
            costs[m] = scores.costUsd(m, inputTokens);
        }
        if (constraints.equals(Constraints.NONE)) {
            return new Field(scores, costs, null);
        }
        Constraints.Held held = constraints.held();
        boolean[] open = new boolean[costs.length];
        for (int m = 0; m < costs.length; m++) {
            String name = name(scores, m);
            if (held != null && held.model().equals(name)) {
                costs[m] = Math.max(0, costs[m] - held.savedUsd());
            }
            open[m] = costs[m] <= constraints.maxCostUsd() && constraints.gate().refusal(name) == null;
        }
        return new Field(scores, costs, open);
    }

    /** Those of them who are not weaker than the model that answered before; all where it has no evidence, or none is. */
    Field holding(Constraints.@Nullable Held held) {
        int before = held == null ? -1 : indexOf(held.model());
        if (before < 0) {
            return this;
        }
        boolean[] stronger = new boolean[costsUsd.length];
        boolean any = false;
        for (int m = 0; m < stronger.length; m++) {
            stronger[m] = isOpen(m)
                    && scores.score(m) >= scores.score(before)
                    && scores.pool().meanQuality(m) >= scores.pool().meanQuality(before);
            any |= stronger[m];
        }
        return any ? new Field(scores, costsUsd, stronger) : this;
    }

    Scores scores() {
        return scores;
    }

    int size() {
        return costsUsd.length;
    }

    double costUsd(int candidate) {
        return costsUsd[candidate];
    }

    /** Whether everybody may answer, because nothing was asked for. */
    boolean isWhole() {
        return open == null;
    }

    boolean isOpen(int candidate) {
        return open == null || open[candidate];
    }

    String name(int candidate) {
        return name(scores, candidate);
    }

    private static String name(Scores scores, int candidate) {
        return scores.pool().candidates().get(candidate).model();
    }

    /** A candidate's position, or -1 where it is none. */
    int indexOf(String model) {
        for (int m = 0; m < size(); m++) {
            if (name(m).equals(model)) {
                return m;
            }
        }
        return -1;
    }

    /** Who of them is best on average, the cheaper of equals; -1 where nobody may answer. */
    int bestOnAverage() {
        int best = -1;
        for (int m = 0; m < size(); m++) {
            if (!isOpen(m)) {
                continue;
            }
            double gain =
                    best < 0 ? 1 : scores.pool().meanQuality(m) - scores.pool().meanQuality(best);
            if (gain > 0 || (gain == 0 && costsUsd[m] < costsUsd[best])) {
                best = m;
            }
        }
        return best;
    }

    /** Nobody may answer; says of each candidate why not. */
    Decision.NoEligibleModel nobody(double theta, Constraints constraints) {
        StringJoiner why = new StringJoiner("; ");
        for (int m = 0; m < Math.min(NAMED, size()); m++) {
            String refusal = constraints.gate().refusal(name(m));
            why.add(constraints.gate().named(name(m)) + " "
                    + (refusal != null
                            ? refusal
                            : String.format(
                                    Locale.ROOT,
                                    "is expected to cost %.2g USD, more than %.2g",
                                    costsUsd[m],
                                    constraints.maxCostUsd())));
        }
        if (size() > NAMED) {
            why.add("and so on for " + (size() - NAMED) + " more");
        }
        return new Decision.NoEligibleModel(
                Reason.CONSTRAINTS, theta, "no candidate may answer: " + why + "; ask for less, or name other models");
    }
}
