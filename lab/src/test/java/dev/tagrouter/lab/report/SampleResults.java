package dev.tagrouter.lab.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.lab.evaluation.PeerMetrics;
import dev.tagrouter.lab.evaluation.Pool;
import dev.tagrouter.lab.evaluation.PoolResult;
import dev.tagrouter.lab.evaluation.Score;
import dev.tagrouter.lab.evaluation.Score.Line;
import dev.tagrouter.lab.metric.Bootstrap;
import dev.tagrouter.lab.metric.Resampled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Invented results of many methods on many pools, with names that try to break out of a page. */
final class SampleResults {
    static final String HOSTILE = "</script><script>document.title='broken'</script><img/src=x>";
    static final List<String> REFERENCES = List.of("random", "cheapest", "dearest", "best-single", "oracle");
    private static final int QUERIES = 100;
    private static final double NONE = Double.NaN;

    private final SplittableRandom random = new SplittableRandom(5);
    private final Bootstrap bootstrap = new Bootstrap(QUERIES, 100, 1);

    private SampleResults() {}

    /** Two pools of two and one each of three and five, all of one set, then as many pools of two as are wanted. */
    static ObjectNode json(int methods, int more) {
        SampleResults sample = new SampleResults();
        List<PoolResult> results = new ArrayList<>();
        for (int models : new int[] {2, 2, 3, 5}) {
            results.add(sample.pool("grow" + results.size(), models, methods));
        }
        for (int i = 0; i < more; i++) {
            results.add(sample.pool("pair" + i, 2, methods));
        }
        return ResultsFile.json(Map.of("program", "test", "data", HOSTILE), results);
    }

    private PoolResult pool(String name, int models, int methods) {
        List<String> candidates =
                IntStream.range(0, models).mapToObj(m -> "model-" + m).toList();
        List<Score> scores = new ArrayList<>();
        for (int i = 0; i < REFERENCES.size(); i++) {
            scores.add(reference(REFERENCES.get(i), line(0.5 + 0.06 * i, 1e-4 * (i + 1)), i == 0 ? 0.5 : NONE));
        }
        Stream.concat(
                        Stream.of("tagrouter", "paper", "knn", HOSTILE),
                        IntStream.range(4, methods).mapToObj(i -> "method-" + i))
                .limit(methods)
                .forEach(method -> scores.add(score(method, models == 2)));
        return new PoolResult(
                new Pool(name, "made", candidates, 0),
                QUERIES,
                1,
                0,
                1,
                "model-0",
                IntStream.range(0, models)
                        .mapToObj(m -> line(0.5 + 0.05 * m, 1e-4 * (m + 1)))
                        .toList(),
                Map.of(HOSTILE, 60, "plain", 40),
                scores);
    }

    private Score score(String method, boolean two) {
        double area = 0.6 + (method.equals("tagrouter") ? 0.1 : 0.1 * random.nextDouble());
        int query = random.nextInt(QUERIES);
        Resampled areas = bootstrap.of(weights -> area + 0.01 * (weights[query] - 1));
        Resampled flat = bootstrap.of(weights -> 0.5);
        return new Score(
                method,
                method.equals("method-4") && !two,
                line(area, 3e-4 * random.nextDouble()),
                area,
                areas,
                two ? area : NONE,
                two ? 0.01 : NONE,
                two ? new PeerMetrics(0.6, 0.1, 0.3, 0.7, area) : new PeerMetrics(NONE, NONE, NONE, NONE, area),
                areas.minus(flat),
                areas.over(flat),
                method.equals("tagrouter") ? NONE : random.nextDouble() / 10,
                Map.of(HOSTILE, area, "plain", 1 - area),
                List.of("k=5", "k=5", "k=10", "k=5", "k=40"),
                IntStream.range(0, 100)
                        .mapToObj(i -> line(0.5 + (area - 0.5) * Math.sqrt(i / 99.0), 5e-6 * i))
                        .toList(),
                new Score.Micros(10 + 1000 * random.nextDouble(), 3000),
                random.nextDouble());
    }

    private static Score reference(String name, Line line, double area) {
        return new Score(
                name,
                false,
                line,
                area,
                null,
                NONE,
                NONE,
                new PeerMetrics(NONE, NONE, NONE, NONE, NONE),
                null,
                null,
                NONE,
                Map.of(),
                List.of(),
                List.of(),
                null,
                0);
    }

    private static Line line(double quality, double cost) {
        return new Line(quality, quality - 0.6, quality, quality - 0.6, cost, 0.2, 2 - quality, 0.3, 0.5);
    }
}
