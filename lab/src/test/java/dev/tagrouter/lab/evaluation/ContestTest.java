package dev.tagrouter.lab.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.lab.baseline.Method;
import dev.tagrouter.lab.baseline.Methods;
import dev.tagrouter.lab.baseline.Thirteen;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is beaten, and over whom p-values are corrected. */
class ContestTest {
    @Test
    void theThirteenAreMethods() {
        assertThat(Thirteen.names()).hasSize(13);
        assertThat(Methods.all()).extracting(Method::name).containsAll(Thirteen.names());
    }

    @Test
    void variantsAndQuickOnesAreMethods() {
        assertThat(Methods.quick()).hasSize(8).extracting(Method::name).startsWith(Methods.OURS);
        List<String> names = Methods.all().stream().map(Method::name).toList();
        List<String> variants =
                names.stream().filter(name -> !Methods.without(name).isEmpty()).toList();
        assertThat(variants).containsExactlyInAnyOrder("tagrouter+embedding", "knn+tags", "mf+tags", "forc-lite+tags");
        assertThat(names).containsAll(variants.stream().map(Methods::without).toList());
    }

    @Test
    void onlyTheThirteenAreCorrectedOver() {
        Map<String, Double> pValues = new LinkedHashMap<>();
        pValues.put("random", Double.NaN);
        pValues.put("tagrouter", Double.NaN);
        pValues.put("paper", 0.001);
        pValues.put("shrunk-means", 0.2);
        pValues.put("knn", 0.04);

        Contest contest = Contest.of(pValues);

        assertThat(contest.methods()).isEqualTo(3);
        assertThat(contest.beaten()).isEqualTo(2);
        assertThat(contest.corrected()).isEqualTo(1);
        assertThat(contest.baselinesBeaten()).isEqualTo(1);
        assertThat(contest.holm("knn")).isEqualTo(0.04, within(1e-12));
        assertThat(contest.holm("paper")).isNaN();
        assertThat(contest.holm("tagrouter")).isNaN();
    }
}
