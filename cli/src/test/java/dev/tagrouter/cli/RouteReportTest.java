package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.tagrouter.core.Router;
import dev.tagrouter.core.Routing;
import dev.tagrouter.core.decision.Constraints;
import dev.tagrouter.core.decision.Decision;
import dev.tagrouter.core.profile.Manifest;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.CapabilityTable;
import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.scoring.Scores;
import dev.tagrouter.core.tagging.Tag;
import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.core.testing.TinyProfile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the tiny profile is too small for: many tags, and little evidence. */
class RouteReportTest {
    private static final List<String> WORDS = List.of(
            "apple", "bread", "cloud", "drum", "eagle", "flour", "grape", "house", "island", "jacket", "kettle",
            "lemon", "mango", "needle", "orange");

    @Test
    void manyTagsAreSummedUpAndStillMakeTheTotal() {
        List<String> lines = report(profile(40), 0.5);
        int heading = lines.indexOf("contribution to the score   alpha    beta  difference");
        assertThat(heading).isPositive();
        List<String> rows = lines.subList(heading + 1, lines.size() - 2);
        assertThat(rows).hasSize(13);
        assertThat(rows.getFirst()).startsWith("orange ");
        assertThat(rows.get(11)).startsWith("others (5) ");
        assertThat(rows.getLast()).startsWith("total ");
        for (int column = 1; column <= 3; column++) {
            double sum = 0;
            for (String row : rows.subList(0, 12)) {
                sum += cell(row, column);
            }
            assertThat(sum).isCloseTo(cell(rows.getLast(), column), offset(0.0061));
        }
    }

    private static double cell(String row, int column) {
        return Double.parseDouble(
                Pattern.compile("\\s{2,}").splitAsStream(row.strip()).toList().get(column));
    }

    @Test
    void littleEvidenceIsSaidPlainly() {
        List<String> lines = report(profile(0.01), 0.5);
        assertThat(lines.getLast())
                .startsWith("Chose beta, the default model: the evidence covers 1 % of what the query is about,"
                        + " less than the 20 % needed. Reason: low-coverage.");
        assertThat(lines).noneMatch(line -> line.startsWith("total"));
        assertThat(lines).anyMatch(line -> line.startsWith("beta ") && line.contains("chosen"));
    }

    private static List<String> report(Profile profile, double confidence) {
        Router router = Router.of(profile);
        Tags tags = Tags.of(
                profile.table().vocabulary(),
                WORDS.stream().map(word -> new Tag(word, confidence)).toList());
        Scores scores = profile.scorer(router.pool()).score(tags);
        Decision decision = profile.decider(router.pool(), "beta").decide(scores, 0.9, 100);
        StringWriter out = new StringWriter();
        new RouteReport(router, new Routing(tags, scores, decision, 100, Constraints.NONE, 0, 0, 0))
                .print(new PrintWriter(out));
        return out.toString().lines().toList();
    }

    private static Profile profile(double mass) {
        Vocabulary vocabulary = new Vocabulary(WORDS.stream()
                .map(word -> new Vocabulary.Entry(word, 1, List.of()))
                .toList());
        EvidenceSet set = new EvidenceSet(
                "set",
                100,
                20,
                "beta",
                0.05,
                1,
                0.2,
                List.of(capability("alpha", 0.01, mass), capability("beta", 0.001, mass)));
        Manifest manifest = new Manifest(
                "many",
                Instant.EPOCH,
                "made up for tests",
                Manifest.ScorerKind.JOINT,
                0.15,
                0,
                "beta",
                List.of("alpha", "beta"),
                "many-1",
                List.of(new Manifest.Source("set", "made up")));
        return Profile.of(
                manifest,
                new CapabilityTable(vocabulary, List.of(set)),
                Map.of("set", TinyProfile.curve()),
                TinyProfile.tagger(vocabulary));
    }

    /** A model whose effect grows from tag to tag by {@code step}. */
    private static Capability capability(String model, double step, double mass) {
        Capability.Row[] rows = new Capability.Row[WORDS.size()];
        Arrays.setAll(rows, t -> new Capability.Row(1, 1, 1, mass, step * (t + 1), 0));
        return new Capability(new Capability.Summary(model, new Price(1, 1), 100, 0.5, 0.3, 0.04, 200, 200), rows);
    }
}
