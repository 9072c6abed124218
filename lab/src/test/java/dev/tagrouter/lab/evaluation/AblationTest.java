package dev.tagrouter.lab.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.baseline.Methods;
import dev.tagrouter.lab.report.AblationFile;
import dev.tagrouter.learning.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ablation on invented data in which every query is tagged by what decides its best model. */
class AblationTest {
    private static final int QUERIES = 300;

    @TempDir
    private Path folder = Path.of("");

    /** Taggers depend on texts and tags alone, so that tests with the same ones train them once. */
    @TempDir
    private static Path cache = Path.of("");

    @BeforeEach
    void write() throws IOException {
        MadeUpData.write(folder, QUERIES, 0);
    }

    private AblationResult run(List<String> variants, List<String> pools, Ablation.Listener listener)
            throws IOException {
        Pools file = Pools.read(folder.resolve("pools.json"));
        Ablation.Plan plan = new Ablation.Plan(
                folder,
                folder.resolve("tags.jsonl"),
                file,
                Ablation.pools(file, pools),
                Variants.all(null, cache).named(variants),
                5,
                200,
                1,
                cache);
        return new Ablation(plan, Progress.silent()).run(listener);
    }

    private AblationResult run(String... variants) throws IOException {
        return run(List.of(variants), List.of(), soFar -> {});
    }

    private static AblationRow row(AblationResult result, String name) {
        return result.rows().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aStudentThatLearnsTheTagsKeepsTheTeachersGain() throws IOException {
        AblationResult result = run("teacher-exact", "teacher-rules");
        AblationRow teacher = row(result, "teacher-exact");

        assertThat(result.pools()).extracting(Pool::name).containsExactly("two");
        assertThat(result.untagged()).isZero();
        assertThat(result.standard().f1()).isGreaterThan(0.99);
        assertThat(teacher.f1()).isNaN();
        assertThat(teacher.gain(Methods.OURS).value()).isGreaterThan(0.1);
        assertThat(result.kept(teacher, Methods.OURS).value()).isEqualTo(1, within(0.02));
        assertThat(result.difference(teacher, Methods.OURS).value()).isEqualTo(0, within(0.005));
        assertThat(row(result, "teacher-rules").gain(Methods.PUBLISHED).value())
                .isEqualTo(teacher.gain(Methods.PUBLISHED).value());
    }

    /** Every third query's tag is spelt in a way that only normalisation brings to the others. */
    @Test
    void whatIsSpeltInSeveralWaysShowsInTheStepsThatBringItTogether() throws IOException {
        List<String> lines = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(folder.resolve("tags.jsonl"))) {
            lines.add(
                    number++ % 3 == 0
                            ? line.replace("\"poetry\"", "\"Poetry\"")
                                    .replace("\"sql\"", "\"SQL\"")
                                    .replace("\"weather\"", "\"Weather\"")
                            : line);
        }
        Files.write(folder.resolve("tags.jsonl"), lines);

        AblationResult result = run("teacher-exact", "teacher-rules", "no-normalisation", "no-alignment");
        AblationRow standard = result.standard();

        assertThat(standard.canonicalF1()).isGreaterThan(0.99);
        assertThat(standard.f1()).isBetween(0.7, 0.9);
        assertThat(row(result, "no-normalisation").canonicalF1())
                .isGreaterThan(row(result, "no-normalisation").f1());
        assertThat(row(result, "no-alignment").canonicalF1()).isLessThanOrEqualTo(standard.canonicalF1());
        double exact = row(result, "teacher-exact").gain(Methods.OURS).value();
        assertThat(row(result, "teacher-rules").gain(Methods.OURS).value()).isGreaterThan(exact);
    }

    @Test
    void aTieIsWorthWhatTheRowSays() throws IOException {
        // Poems tie, so that what a tie is worth says whether they or the weather go to the small model first.
        List<String> queries = Files.readAllLines(folder.resolve("made/queries.jsonl"));
        List<String> quality = new ArrayList<>(Files.readAllLines(folder.resolve("made/quality.csv")));
        for (int i = 0; i < queries.size(); i++) {
            if (queries.get(i).contains("\"task\":\"poetry\"")) {
                String[] cells = quality.get(i + 1).split(",", -1);
                quality.set(i + 1, String.join(",", cells[0], cells[3], cells[2], cells[3]));
            }
        }
        Files.write(folder.resolve("made/quality.csv"), quality);

        AblationResult result = run("tie-0", "tie-0.15", "tie-1");

        assertThat(row(result, "tie-0.15").gain(Methods.PUBLISHED).value())
                .isEqualTo(result.standard().gain(Methods.PUBLISHED).value());
        assertThat(row(result, "tie-0").has(Methods.OURS)).isFalse();
        assertThat(row(result, "tie-1").gain(Methods.PUBLISHED).value())
                .isNotEqualTo(row(result, "tie-0").gain(Methods.PUBLISHED).value());
    }

    @Test
    void everyRowIsHandedOnAsSoonAsItIsThere() throws IOException {
        List<Integer> seen = new ArrayList<>();
        AblationResult result = run(
                List.of("tags-50"), List.of(), soFar -> seen.add(soFar.rows().size()));

        assertThat(seen).containsExactly(1, 2);
        var json = AblationFile.json(Map.of("seed", "1"), result);
        assertThat(json.at("/rows/1/variant").asText()).isEqualTo("tags-50");
        assertThat(json.at("/rows/1/f1").asDouble())
                .isEqualTo(row(result, "tags-50").f1());
        assertThat(json.at("/rows/0/methods/tagrouter/aucGainByPool/two").asDouble())
                .isEqualTo(result.standard().gain(Methods.OURS).value());
    }

    @Test
    void severalPoolsDoNotChangeEachOther() throws IOException {
        Path pools = folder.resolve("pools.json");
        Files.writeString(
                pools,
                Files.readString(pools)
                        .replace(
                                "{\"name\": \"three\"",
                                "{\"name\": \"other\", \"data\": \"made\", \"models\": [\"coder\", \"strong\"], \"tie_margin\": 0.05},\n"
                                        + "{\"name\": \"three\""));
        String gains = "/rows/0/methods/%s/aucGainByPool/%s";
        var both = AblationFile.json(Map.of(), run(List.of(), List.of("two", "other"), soFar -> {}));
        for (String pool : List.of("two", "other")) {
            var alone = AblationFile.json(Map.of(), run(List.of(), List.of(pool), soFar -> {}));
            for (String method : List.of(Methods.OURS, Methods.PUBLISHED)) {
                assertThat(both.at(gains.formatted(method, pool)).isNumber()).isTrue();
                assertThat(both.at(gains.formatted(method, pool))).isEqualTo(alone.at(gains.formatted(method, pool)));
            }
        }
        assertThat(both.at(gains.formatted(Methods.OURS, "two")))
                .isNotEqualTo(both.at(gains.formatted(Methods.OURS, "other")));
    }

    @Test
    void queriesThatNoTeacherTaggedAreCountedAndGoUntagged() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("tags.jsonl"));
        Files.write(folder.resolve("tags.jsonl"), lines.subList(0, 200));

        AblationResult result = run("teacher-exact");

        assertThat(result.untagged()).isEqualTo(QUERIES - 200);
        assertThat(result.kept(row(result, "teacher-exact"), Methods.OURS).value())
                .isGreaterThan(1.1);
    }

    @Test
    void saysPlainlyWhatCannotBeCompared() throws IOException {
        assertThatThrownBy(() -> run("no-luck"))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("'no-luck'")
                .hasMessageContaining("no-alignment");
        assertThatThrownBy(() -> run(List.of(), List.of("four"), soFar -> {})).hasMessageContaining("'four'");
        assertThatThrownBy(() -> run(List.of(), List.of("two", "three"), soFar -> {}))
                .hasMessageContaining("three has 3 candidates")
                .hasMessageContaining("--pool");
        String other = Files.readString(folder.resolve("tags.jsonl")).replace("please", "another");
        Files.writeString(folder.resolve("tags.jsonl"), other);
        assertThatThrownBy(() -> run("teacher-exact"))
                .hasMessageContaining("pool two")
                .hasMessageContaining("tags.jsonl")
                .hasMessageContaining("--variants");
    }
}
