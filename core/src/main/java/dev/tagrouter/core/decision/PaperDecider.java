package dev.tagrouter.core.decision;

import dev.tagrouter.core.scoring.Candidate;
import dev.tagrouter.core.scoring.CandidatePool;
import dev.tagrouter.core.scoring.Scores;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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
    public Decision.Chosen decide(Scores scores, double theta, long inputTokens) {
        requireTheta(theta);
        if (scores.tags().statedCount() == 0) {
            return new Decision.Chosen(fallback.model(), Reason.NO_TAGS, theta, null, null, 0);
        }
        double[] deltas = deltas(scores);
        int position = 0;
        while (position < deltas.length && deltas[position] < theta) {
            position++;
        }
        int chosen = cheapestFirst[position];
        int runnerUp = -1;
        double nearest = Double.POSITIVE_INFINITY;
        Double flip = null;
        for (int i = 0; i <= position && i < deltas.length; i++) {
            if (Math.abs(theta - deltas[i]) < nearest) {
                nearest = Math.abs(theta - deltas[i]);
                flip = deltas[i];
                runnerUp = i < position ? cheapestFirst[i] : next(deltas, position, deltas[i]);
            }
        }
        return new Decision.Chosen(
                name(scores, chosen),
                Reason.ROUTED,
                theta,
                flip,
                runnerUp < 0 ? null : name(scores, runnerUp),
                runnerUp < 0 ? 0 : scores.uncertainty(chosen, runnerUp));
    }

    /** The chosen model, then whom the same rule chooses among those left, again and again. */
    @Override
    public List<String> ranking(Scores scores, double theta, long inputTokens) {
        requireTheta(theta);
        List<String> ranking = new ArrayList<>();
        List<Integer> left = new ArrayList<>();
        boolean untagged = scores.tags().statedCount() == 0;
        if (untagged) {
            ranking.add(fallback.model());
        }
        for (int m : cheapestFirst) {
            if (!untagged || m != fallback.index()) {
                left.add(m);
            }
        }
        while (!left.isEmpty()) {
            ranking.add(name(scores, left.remove(/* index */ position(scores, left, theta))));
        }
        return ranking;
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

    /** S_M - max S over dearer candidates, for every candidate but the dearest, cheapest first. */
    private double[] deltas(Scores scores) {
        double[] deltas = new double[cheapestFirst.length - 1];
        double dearer = scores.score(cheapestFirst[deltas.length]);
        for (int i = deltas.length - 1; i >= 0; i--) {
            double own = scores.score(cheapestFirst[i]);
            deltas[i] = own - dearer;
            dearer = Math.max(dearer, own);
        }
        return deltas;
    }

    /** Who is chosen when theta rises just above {@code delta}. */
    private int next(double[] deltas, int position, double delta) {
        int i = position + 1;
        while (i < deltas.length && deltas[i] <= delta) {
            i++;
        }
        return cheapestFirst[i];
    }

    private static String name(Scores scores, int index) {
        return scores.pool().candidates().get(index).model();
    }
}
