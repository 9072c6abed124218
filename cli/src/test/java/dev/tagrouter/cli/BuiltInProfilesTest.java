package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.core.Router;
import dev.tagrouter.core.decision.Decision;
import dev.tagrouter.core.decision.Reason;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.Candidate;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Tag;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ships works, says what it may be used for, and tags English and Chinese. */
class BuiltInProfilesTest {
    @Test
    void theirNamesAreListedDefaultFirst() throws IOException {
        assertThat(Profile.builtInNames()).containsExactly("default", "alpaca");
        assertThat(Profile.builtIn("alpaca").manifest().licence()).contains("NON-COMMERCIAL");
        assertThat(Profile.builtIn("default").manifest().licence()).contains("MIT and Apache-2.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "alpaca"})
    void tagsEnglishAndChinese(String name) throws IOException {
        Profile profile = Profile.builtIn(name);
        assertThat(stated(profile, "Write a SQL query that ranks customers by revenue"))
                .contains("sql");
        assertThat(stated(profile, "用Python写一个快速排序算法")).contains("chinese language", "python", "code generation");
        assertThat(stated(profile, "请写一首关于秋天的诗")).contains("chinese language", "poetry");
        assertThat(stated(profile, "What is the capital of France?")).contains("factual question", "geography");
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "alpaca"})
    void routesBetweenItsCandidatesAndSaysWhenItKnowsTooLittle(String name) throws IOException {
        Profile profile = Profile.builtIn(name);
        Router router = Router.of(profile);
        List<String> candidates =
                profile.candidates().stream().map(Candidate::model).toList();
        for (String text : List.of("Write a Python function that adds two numbers", "Which planet is the largest?")) {
            Decision.Chosen chosen =
                    (Decision.Chosen) router.route(Query.of(text)).decision();
            assertThat(candidates).contains(chosen.model());
            assertThat(chosen.reason()).isEqualTo(Reason.ROUTED);
        }
        Decision.Chosen unsure = (Decision.Chosen)
                router.route(Query.of("odrgkcw hij ntcyyvzo fz bwwzlvpp npipw")).decision();
        assertThat(unsure.model()).isEqualTo(profile.manifest().defaultModel());
        assertThat(unsure.reason()).isEqualTo(Reason.LOW_COVERAGE);
    }

    @Test
    void theDefaultComparesModelsOfLinkedSets() throws IOException {
        Profile profile = Profile.builtIn("default");
        Price price = new Price(1, 1);
        Router router = Router.among(
                profile,
                List.of(new Candidate("gemma-2-9b-it", price), new Candidate("gpt-4-1106-preview", new Price(10, 30))),
                "gemma-2-9b-it");
        assertThat(router.pool().comparable()).isTrue();
        assertThat(router.route(Query.of("Explain a chemical bond")).decision().reason())
                .isIn(Reason.ROUTED, Reason.LOW_COVERAGE);
    }

    private static List<String> stated(Profile profile, String text) {
        return profile.tagger().tag(Query.of(text)).stated().stream()
                .map(Tag::name)
                .toList();
    }
}
