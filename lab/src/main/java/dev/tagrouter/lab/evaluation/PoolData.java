package dev.tagrouter.lab.evaluation;

import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.dataset.DataSource;
import dev.tagrouter.lab.dataset.JudgedRow;
import dev.tagrouter.lab.dataset.JudgedTable;
import dev.tagrouter.lab.metric.Outcomes;
import dev.tagrouter.learning.JudgedSet;
import dev.tagrouter.learning.JudgedSet.Judged;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/** One pool's judged queries, with what each candidate's answer was worth and did cost. */
final class PoolData {
    private final Pool pool;
    private final List<Price> prices;
    private final List<Judged> judged;
    private final List<String> tasks;
    private final int[] row;
    private final int[] fold;
    private final int leftOut;
    /** By position: whether methods may learn from the query; all may, but in a study of fewer judgments. */
    private final boolean[] learned;

    private PoolData(
            Pool pool,
            List<Price> prices,
            List<Judged> judged,
            List<String> tasks,
            int[] row,
            int[] fold,
            int leftOut,
            boolean[] learned) {
        this.pool = pool;
        this.prices = prices;
        this.judged = judged;
        this.tasks = tasks;
        this.row = row;
        this.fold = fold;
        this.leftOut = leftOut;
        this.learned = learned;
    }

    /**
     * The same with fewer queries to learn from; all are tested.
     *
     * @param share of each fold that is kept, by a hash of the texts: a smaller share is part of a larger one
     */
    PoolData sampled(double share) {
        boolean[] kept = new boolean[fold.length];
        for (int k = 0; k <= IntStream.of(fold).max().orElse(0); k++) {
            int[] own = byHash(positions(k));
            for (int i = 0; i < Math.ceil(share * own.length); i++) {
                kept[own[i]] = true;
            }
        }
        return new PoolData(pool, prices, judged, tasks, row, fold, leftOut, kept);
    }

    /** The same queries for some of the candidates only. */
    PoolData with(Pool smaller) {
        List<Integer> columns =
                smaller.models().stream().map(pool.models()::indexOf).toList();
        return new PoolData(
                smaller,
                columns.stream().map(prices::get).toList(),
                judged.stream()
                        .map(each -> new Judged(
                                each.query(),
                                columns.stream().map(each.quality()::get).toList(),
                                columns.stream().map(each.outputTokens()::get).toList()))
                        .toList(),
                tasks,
                row,
                fold,
                leftOut,
                learned);
    }

    /** All judged queries, as the learner reads them. */
    JudgedSet judgedSet() {
        Map<String, Price> priced = new HashMap<>();
        for (int m = 0; m < prices.size(); m++) {
            priced.put(pool.models().get(m), prices.get(m));
        }
        String dearest = pool.models().stream()
                .max(Comparator.comparingDouble(
                        model -> prices.get(pool.models().indexOf(model)).sum()))
                .orElseThrow();
        JudgedSet.Description description =
                new JudgedSet.Description(pool.data(), pool.models(), priced, dearest, pool.tieMargin(), "evaluation");
        return new JudgedSet() {
            @Override
            public Description description() {
                return description;
            }

            @Override
            public void read(Sink sink) throws IOException {
                for (Judged each : judged) {
                    sink.accept(each);
                }
            }
        };
    }

    /** Positions in an order that depends on the texts alone. */
    int[] byHash(int[] positions) {
        return ordered(positions, this::hash);
    }

    /** The same in another order for each draw. */
    int[] byHash(int[] positions, int draw) {
        return ordered(positions, position -> new SplittableRandom(hash(position) + ((long) draw << 32)).nextLong());
    }

    private static int[] ordered(int[] positions, ToLongFunction<Integer> key) {
        return IntStream.of(positions)
                .boxed()
                .sorted(Comparator.comparingLong(key).thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private long hash(int position) {
        CRC32C hash = new CRC32C();
        hash.update("sample:".getBytes(StandardCharsets.UTF_8));
        for (String turn : judged.get(position).query().turns()) {
            hash.update(turn.getBytes(StandardCharsets.UTF_8));
        }
        return hash.getValue();
    }

    /** A hash of which of the set's queries these are. */
    int whichQueries() {
        return Arrays.hashCode(row);
    }

    /** Whether this pool and another of its set have the very same queries. */
    boolean sameQueries(PoolData other) {
        return Arrays.equals(row, other.row);
    }

    /**
     * Takes a pool's columns out of its set. Queries on which a candidate was not judged are left out and counted.
     *
     * @throws LabException when a candidate is no column, or a fold is left without a query
     */
    static PoolData of(Pool pool, JudgedTable table, Map<String, Price> prices, Folds folds) throws LabException {
        List<Integer> columns = new ArrayList<>();
        List<Price> own = new ArrayList<>();
        for (String model : pool.models()) {
            int column = table.description().models().indexOf(model);
            Price price = prices.get(model);
            if (column < 0 || price == null) {
                throw new LabException("pool " + pool.name() + " names model '" + model + "', which is no column of "
                        + pool.data() + "; its models are "
                        + String.join(", ", table.description().models()));
            }
            columns.add(column);
            own.add(price);
        }
        List<Judged> judged = new ArrayList<>();
        List<String> tasks = new ArrayList<>();
        List<Integer> kept = new ArrayList<>();
        for (int r = 0; r < table.rows().size(); r++) {
            JudgedRow each = table.rows().get(r);
            List<Double> quality =
                    columns.stream().map(each.judged().quality()::get).toList();
            if (quality.stream().noneMatch(q -> q.isNaN())) {
                judged.add(new Judged(
                        each.judged().query(),
                        quality,
                        columns.stream().map(each.judged().outputTokens()::get).toList()));
                tasks.add(each.task());
                kept.add(r);
            }
        }
        int[] fold = kept.stream()
                .mapToInt(r -> folds.of(table.rows().get(r).text()))
                .toArray();
        for (int k = 0; k < folds.count(); k++) {
            int wanted = k;
            if (IntStream.of(fold).noneMatch(f -> f == wanted)) {
                throw new LabException("pool " + pool.name() + " has " + fold.length
                        + " queries on which every candidate was judged, and none in fold " + k + " of "
                        + folds.count() + "; give more judged queries or fewer --folds");
            }
        }
        return new PoolData(
                pool,
                own,
                judged,
                tasks,
                kept.stream().mapToInt(Integer::intValue).toArray(),
                fold,
                table.rows().size() - judged.size(),
                all(fold.length));
    }

    private static boolean[] all(int count) {
        boolean[] all = new boolean[count];
        Arrays.fill(all, true);
        return all;
    }

    Pool pool() {
        return pool;
    }

    List<Price> prices() {
        return prices;
    }

    int queries() {
        return judged.size();
    }

    /** How many queries were left out because a candidate was not judged on them. */
    int leftOut() {
        return leftOut;
    }

    /** The positions of the queries in one of the given folds. */
    int[] positions(int... folds) {
        return IntStream.range(0, fold.length)
                .filter(q -> IntStream.of(folds).anyMatch(f -> f == fold[q]))
                .toArray();
    }

    /** Those of them that methods may learn from. */
    int[] learned(int... folds) {
        return IntStream.of(positions(folds)).filter(q -> learned[q]).toArray();
    }

    Judged judged(int position) {
        return judged.get(position);
    }

    /** The query's row in its set. */
    int row(int position) {
        return row[position];
    }

    /** The share of answers whose length the data do not tell, so that one length was assumed for all of them. */
    double assumedOutputShare() {
        return judged.stream()
                .flatMap(each -> each.outputTokens().stream())
                .mapToDouble(tokens -> tokens == DataSource.ASSUMED_OUTPUT_TOKENS ? 1 : 0)
                .average()
                .orElse(0);
    }

    /** The source's own label of each query; for the task oracle and for reports by task only. */
    List<String> tasks() {
        return tasks;
    }

    /** The truth about the queries at some positions. */
    Outcomes outcomes(int[] positions) {
        double[][] quality = new double[positions.length][];
        double[][] cost = new double[positions.length][];
        for (int i = 0; i < positions.length; i++) {
            Judged each = judged.get(positions[i]);
            quality[i] =
                    each.quality().stream().mapToDouble(Double::doubleValue).toArray();
            cost[i] = new double[prices.size()];
            for (int m = 0; m < prices.size(); m++) {
                cost[i][m] = prices.get(m)
                        .usd(
                                (double) each.query().inputTokens(),
                                each.outputTokens().get(m));
            }
        }
        return new Outcomes(quality, cost, pool.tieMargin());
    }
}
