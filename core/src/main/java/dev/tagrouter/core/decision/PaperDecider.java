package dev.tagrouter.core.decision;

import dev.tagrouter.core.scoring.Candidate;
import dev.tagrouter.core.scoring.CandidatePool;
import dev.tagrouter.core.scoring.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The published rule in its exact mode (paper, section 3.3), for scores of
 * {@link dev.tagrouter.core.scoring.PaperScorer}: with delta = S_small - S_large the small model answers when
 * {@code delta >= theta}, else the large one. Theta is on the raw score's scale and any finite number.
 *
 * <p>"Large" is the dearer model, of equal prices the first listed. With three or more (ours, the paper has two): the
 * cheapest M with {@code S_M - max S over dearer candidates >= theta}; otherwise the dearest.
 */
public final class PaperDecider implements Decider {
    private final int[] cheapestFirst;
    private final Fallback fallback;
    private final Field.Rule rule = this::choose;

    /**
     * @param pool the candidates that will be decided between
     * @param defaultModel who answers a query without tags
     */
    public PaperDecider(CandidatePool pool, String defaultModel) {
        List<Candidate> candidates = pool.candidates();
        List<Integer> order = new ArrayList<>();
        for (int m = candidates.size() - 1; m >= 0; m--) {
            order.add(m);
        }
        order.sort(Comparator.comparingDouble(m -> candidates.get(m).price().sum()));
        this.cheapestFirst = order.stream().mapToInt(Integer::intValue).toArray();
        this.fallback = Fallback.of(pool, defaultModel);
    }

    /** Throws IllegalArgumentException, naming value and range, for a theta this rule does not know. */
    public static void requireTheta(double theta) {
        if (!Double.isFinite(theta)) {
            throw new IllegalArgumentException("theta is " + theta + "; give a finite number on the raw score's scale");
        }
    }

    @Override
    public Decision decide(Scores scores, double theta, long inputTokens, Constraints constraints) {
        requireTheta(theta);
        return Field.decide(rule, scores, theta, inputTokens, constraints);
    }

    /** The chosen model, or null where nobody may answer. */
    private Decision.@Nullable Chosen choose(Field field, double theta, Constraints constraints) {
        Scores scores = field.scores();
        if (scores.tags().statedCount() == 0) {
            String model = fallback.among(field, constraints);
            return model == null ? null : new Decision.Chosen(model, Reason.NO_TAGS, theta, null, null, 0);
        }
        int[] order = open(field);
        if (order.length == 0) {
            return null;
        }
        double[] deltas = deltas(scores, order);
        int position = 0;
        while (position < deltas.length && deltas[position] < theta) {
            position++;
        }
        int chosen = order[position];
        int runnerUp = -1;
        double nearest = Double.POSITIVE_INFINITY;
        Double flip = null;
        for (int i = 0; i <= position && i < deltas.length; i++) {
            if (Math.abs(theta - deltas[i]) < nearest) {
                nearest = Math.abs(theta - deltas[i]);
                flip = deltas[i];
                runnerUp = i < position ? order[i] : next(deltas, order, position, deltas[i]);
            }
        }
        return new Decision.Chosen(
                field.name(chosen),
                Reason.ROUTED,
                theta,
                flip,
                runnerUp < 0 ? null : field.name(runnerUp),
                runnerUp < 0 ? 0 : scores.uncertainty(chosen, runnerUp));
    }

    /** Who may answer, cheapest first. */
    private int[] open(Field field) {
        return field.isWhole()
                ? cheapestFirst
                : Arrays.stream(cheapestFirst).filter(field::isOpen).toArray();
    }

    /** The chosen model, then whom the same rule chooses among those left, again and again. */
    @Override
    public List<String> ranking(Scores scores, double theta, long inputTokens, Constraints constraints) {
        requireTheta(theta);
        Field all = Field.of(scores, inputTokens, constraints);
        Field field = all.holding(constraints.held());
        List<String> ranking = new ArrayList<>();
        String first = scores.tags().statedCount() == 0 ? fallback.among(field, constraints) : null;
        if (first != null) {
            ranking.add(first);
        }
        rank(field, theta, ranking);
        rank(all, theta, ranking);
        return ranking;
    }

    private void rank(Field field, double theta, List<String> ranking) {
        List<Integer> left = new ArrayList<>();
        for (int m : open(field)) {
            if (!ranking.contains(field.name(m))) {
                left.add(m);
            }
        }
        while (!left.isEmpty()) {
            ranking.add(field.name(left.remove(/* index */ position(field.scores(), left, theta))));
        }
    }

    /** Where the cheapest stands that is better by theta than all dearer ones, or else the dearest. */
    private static int position(Scores scores, List<Integer> left, double theta) {
        int position = left.size() - 1;
        double dearer = scores.score(left.getLast());
        for (int i = position - 1; i >= 0; i--) {
            double own = scores.score(left.get(i));
            position = own - dearer >= theta ? i : position;
            dearer = Math.max(dearer, own);
        }
        return position;
    }

    /** S_M - max S over dearer candidates, for every candidate but the dearest, in the order given, cheapest first. */
    private static double[] deltas(Scores scores, int[] order) {
        double[] deltas = new double[order.length - 1];
        double dearer = scores.score(order[deltas.length]);
        for (int i = deltas.length - 1; i >= 0; i--) {
            double own = scores.score(order[i]);
            deltas[i] = own - dearer;
            dearer = Math.max(dearer, own);
        }
        return deltas;
    }

    /** Who is chosen when theta rises just above {@code delta}. */
    private static int next(double[] deltas, int[] order, int position, double delta) {
        int i = position + 1;
        while (i < deltas.length && deltas[i] <= delta) {
            i++;
        }
        return order[i];
    }
}
