package dev.tagrouter.lab.tagger;

import dev.tagrouter.core.tagging.FeatureTable;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.SeveralTurns;
import dev.tagrouter.core.tagging.SparseWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The turns of the conversations among some queries, each by itself, for the part that {@link SeveralTurns} has in their scores. */
final class Turns {
    private final Vectors x;
    /** The turns of row r stand at {@code start[r]} to {@code start[r + 1] - 1}; none where it has one turn only. */
    private final int[] start;

    private Turns(Vectors x, int[] start) {
        this.x = x;
        this.start = start;
    }

    static Turns of(FeatureTable table, List<TaggedQuery> queries) {
        List<Query> turns = new ArrayList<>();
        int[] start = new int[queries.size() + 1];
        for (int row = 0; row < queries.size(); row++) {
            Query query = queries.get(row).query();
            if (query.hasSeveralTurns()) {
                query.turns().forEach(turn -> turns.add(Query.of(turn)));
            }
            start[row + 1] = turns.size();
        }
        return new Turns(Vectors.ofQueries(table, turns), start);
    }

    /** The rows that hold several turns. */
    int[] several() {
        return several(IntStream.range(0, start.length - 1).toArray());
    }

    /** Those of some rows that do. */
    int[] several(int[] rows) {
        return Arrays.stream(rows).filter(row -> start[row + 1] > start[row]).toArray();
    }

    /**
     * Puts the raw scores of some rows as conversations where the rows stand in {@code conversations}; those of one turn are as they are.
     *
     * @param offset the raw score of each tag before any weight counts
     * @param scores those of each row's text as a whole
     */
    void score(SparseWeights weights, float[] offset, int[] rows, float[][] scores, float[][] conversations) {
        for (int row : rows) {
            conversations[row] = scores[row];
        }
        Arrays.stream(several(rows)).parallel().forEach(row -> {
            float[] highest = new float[offset.length];
            Arrays.fill(highest, Float.NEGATIVE_INFINITY);
            for (int turn = start[row]; turn < start[row + 1]; turn++) {
                float[] sums = offset.clone();
                x.addTo(sums, turn, weights);
                SeveralTurns.keepHigher(highest, sums);
            }
            conversations[row] = scores[row].clone();
            SeveralTurns.blend(conversations[row], highest);
        });
    }
}
