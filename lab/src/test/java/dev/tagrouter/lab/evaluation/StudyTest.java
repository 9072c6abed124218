package dev.tagrouter.lab.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.baseline.Methods;
import dev.tagrouter.lab.report.StudyFile;
import dev.tagrouter.learning.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The studies on invented data, where it is known what they should find. */
class StudyTest {
    private static final int QUERIES = 400;
    private static final List<Integer> COUNTS = List.of(25, 50, 100, 400);

    @TempDir
    private Path folder = Path.of("");

    /** Taggers depend on texts and tags alone, so that they are trained once. */
    @TempDir
    private static Path cache = Path.of("");

    @BeforeEach
    void write() throws IOException {
        MadeUpData.write(folder, QUERIES, 0);
    }

    private Evaluation.Plan plan(List<String> methods, String... pools) throws IOException {
        Pools file = Pools.read(folder.resolve("pools.json"));
        return new Evaluation.Plan(
                folder,
                folder.resolve("tags.jsonl"),
                file,
                Arrays.stream(pools)
                        .map(name -> file.pools().stream()
                                .filter(pool -> pool.name().equals(name))
                                .findFirst()
                                .orElseThrow())
                        .toList(),
                Methods.named(methods),
                5,
                50,
                1,
                cache,
                null);
    }

    @Test
    void fewerJudgmentsAreLearnedFromAndEveryQueryIsTested() throws IOException {
        List<DataStudy.Row> rows = new DataStudy(plan(List.of("shrunk-means"), "three"), Progress.silent()).run();

        assertThat(rows).hasSize(2 * DataStudy.SHARES.size());
        assertThat(rows).extracting(DataStudy.Row::share).startsWith(0.1, 0.25, 0.5, 1.0);
        assertThat(rows.get(3).judged()).isEqualTo(0.8 * QUERIES, within(1e-9));
        assertThat(rows.get(0).judged()).isBetween(0.08 * QUERIES, 0.1 * QUERIES);
        assertThat(rows.get(3).loss().value()).isZero();
        assertThat(rows.get(3).gain().value()).isGreaterThan(0.1);
        assertThat(rows.get(0).area().value())
                .isLessThanOrEqualTo(rows.get(3).area().value() + 0.02);
        var json = StudyFile.data(Map.of(), rows);
        assertThat(json.path("rows").get(0).path("areaCi")).hasSize(2);
    }

    @Test
    void aSmallerShareIsPartOfALarger() throws IOException {
        PoolData data = Ground.of(plan(List.of("paper"), "two"), Progress.silent())
                .data(plan(List.of("paper"), "two").wanted().getFirst());
        int[] folds = IntStream.range(0, 5).toArray();
        int[] tenth = data.sampled(0.1).learned(folds);
        int[] half = data.sampled(0.5).learned(folds);

        assertThat(half).contains(tenth);
        assertThat(half.length).isBetween(QUERIES / 2, QUERIES / 2 + 5);
        assertThat(data.sampled(0.1).positions(folds)).hasSize(QUERIES);
        assertThat(data.learned(folds)).hasSize(QUERIES);
    }

    @Test
    void aNewModelIsUsedMoreTheBetterItIsKnown() throws IOException {
        List<NewModelStudy.Row> rows =
                new NewModelStudy(plan(List.of("shrunk-means", "paper"), "three"), COUNTS, Progress.silent()).run();

        assertThat(rows).extracting(NewModelStudy.Row::method).containsOnly("tagrouter", "shrunk-means");
        List<NewModelStudy.Row> coder = rows.stream()
                .filter(row -> row.method().equals("tagrouter") && row.model().equals("coder"))
                .toList();
        assertThat(coder).extracting(NewModelStudy.Row::judged).containsExactly(0, 25, 50, 100, 400, NewModelStudy.ALL);
        assertThat(coder.getFirst().sent()).isZero();
        assertThat(coder.getFirst().areaShare().value()).isLessThan(0.95);
        assertThat(coder.get(3).areaShare().value()).isGreaterThan(0.97);
        assertThat(coder.getLast().areaShare().value()).isEqualTo(1);
        assertThat(coder.getLast().sent()).isGreaterThan(0.15);
        // 400 are more than the folds that are learned from have.
        assertThat(coder.get(4).area().value()).isEqualTo(coder.getLast().area().value());
        assertThat(StudyFile.newModel(Map.of(), rows)
                        .path("rows")
                        .get(5)
                        .path("judged")
                        .asText())
                .isEqualTo("all");
    }

    @Test
    void aGrowingPoolGainsAndOldColumnsStay() throws IOException {
        GrowthStudy.Result result =
                new GrowthStudy(plan(List.of("tagrouter"), "two", "three"), Progress.silent()).run();

        assertThat(result.rows().getFirst().areaRise()).isNull();
        Gain rise = Objects.requireNonNull(result.rows().getLast().areaRise());
        assertThat(rise.interval().low()).isGreaterThan(0);
        assertThat(result.additions()).containsExactly(new GrowthStudy.Addition("three", "coder", 2, 2));
        assertThat(StudyFile.growth(Map.of(), result).path("additions")).hasSize(1);
    }

    @Test
    void saysWhatCannotBeStudied() throws IOException {
        Evaluation.Plan shrinking = plan(List.of("tagrouter"), "three", "two");
        assertThatThrownBy(() -> new GrowthStudy(shrinking, Progress.silent()).run())
                .isInstanceOf(LabException.class)
                .hasMessageContaining("pool two")
                .hasMessageContaining("pool three");
        Evaluation.Plan one = plan(List.of("tagrouter"), "three");
        assertThatThrownBy(() -> new GrowthStudy(one, Progress.silent()).run()).hasMessageContaining("does not grow");
        Evaluation.Plan two = plan(List.of("tagrouter"), "two");
        assertThatThrownBy(() -> new NewModelStudy(two, COUNTS, Progress.silent()).run())
                .hasMessageContaining("pool two has 2")
                .hasMessageContaining("three or more");
    }

    @Test
    void contaminationIsCountedAndKeptOutOfFolds() throws IOException {
        Ground ground = Ground.of(plan(List.of("tagrouter"), "two"), Progress.silent());
        ContaminationReport report = ContaminationReport.of(ground.corpus());

        assertThat(report.letIn()).isZero();
        assertThat(report.folds()).hasSize(5);
        assertThat(report.splits()).isEmpty();
        // The teacher tagged the very queries that were judged.
        assertThat(ContaminationReport.sum(report.tagged())).isEqualTo(QUERIES);
    }
}
