package dev.tagrouter.core.properties;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.core.Router;
import dev.tagrouter.core.Routing;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.Candidate;
import dev.tagrouter.core.scoring.CandidatePool;
import dev.tagrouter.core.scoring.Contribution;
import dev.tagrouter.core.scoring.Scores;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Tags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** What holds of tags and scores for every profile and every query. */
class ScorePropertiesTest {
    private static @Nullable Path folder;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("profiles");
    }

    @AfterContainer
    static void deleteFolder() throws IOException {
        Path made = requireNonNull(folder);
        try (Stream<Path> files = Files.walk(made)) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Provide
    Arbitrary<Profile> profiles() {
        return Profiles.any();
    }

    @Provide
    Arbitrary<String> texts() {
        return Profiles.texts();
    }

    @Property(tries = 500, seed = "1")
    void contributionsSumToTheScoreExactly(@ForAll("profiles") Profile profile, @ForAll("texts") String text) {
        Scores scores = scores(Router.of(profile).route(Query.of(text)));
        for (int m = 0; scores != null && m < scores.size(); m++) {
            double sum = 0;
            for (Contribution contribution : scores.contributions(m)) {
                sum += contribution.value();
            }
            assertThat(sum).isEqualTo(scores.score(m));
            assertThat(scores.coverage()).isBetween(0.0, 1.0);
            for (int other = 0; other < scores.size(); other++) {
                assertThat(scores.uncertainty(m, other)).isNotNegative().isEqualTo(scores.uncertainty(other, m));
            }
        }
    }

    @Property(tries = 100, seed = "2")
    void theSameInputGivesTheSameBitsAlsoFromAnotherRouterAndFromFiles(
            @ForAll("profiles") Profile profile, @ForAll("texts") String text) throws IOException {
        Path place = requireNonNull(folder).resolve("same");
        profile.write(place);
        Profile read = Profile.read(place);
        assertThat(read.id()).isEqualTo(profile.id());
        assertThat(read.manifest()).isEqualTo(profile.manifest());
        Router router = Router.of(profile);
        String bits = bits(router.route(Query.of(text)));
        assertThat(bits(router.route(Query.of(text)))).isEqualTo(bits);
        assertThat(bits(Router.of(profile).route(Query.of(text)))).isEqualTo(bits);
        assertThat(bits(Router.of(read).route(Query.of(text)))).isEqualTo(bits);
    }

    @Property(tries = 60, seed = "3")
    void aProfileComesBackFromItsFilesAsItWas(@ForAll("profiles") Profile profile) throws IOException {
        Path first = requireNonNull(folder).resolve("first");
        Path second = requireNonNull(folder).resolve("second");
        profile.write(first);
        Profile.read(first).write(second);
        try (Stream<Path> files = Files.list(first)) {
            for (Path file : files.toList()) {
                assertThat(second.resolve(file.getFileName())).hasSameBinaryContentAs(file);
            }
        }
    }

    /** As long as the base set stays: a candidate of a linked set is moved along models, whether candidates or not. */
    @Property(tries = 300, seed = "4")
    void removingACandidateChangesNoOtherCandidatesScore(
            @ForAll("profiles") Profile profile, @ForAll("texts") String text, @ForAll Random random) {
        List<Candidate> candidates = new ArrayList<>(profile.candidates());
        Router all = Router.of(profile);
        if (candidates.size() < 2) {
            return;
        }
        Map<String, Double> before = byModel(all, text);
        Candidate removed = candidates.remove(random.nextInt(candidates.size()));
        Router fewer = Router.among(profile, candidates, "nobody");
        if (fewer.pool().base().equals(all.pool().base())
                && fewer.pool().comparable() == all.pool().comparable()) {
            before.remove(removed.model());
            assertThat(byModel(fewer, text)).isEqualTo(before);
        }
    }

    @Property(tries = 300, seed = "5")
    void permutingCandidatesPermutesScoresOnly(
            @ForAll("profiles") Profile profile, @ForAll("texts") String text, @ForAll Random random) {
        List<Candidate> candidates = new ArrayList<>(profile.candidates());
        Collections.shuffle(candidates, random);
        Router permuted = Router.among(profile, candidates, "nobody");
        assertThat(byModel(permuted, text)).isEqualTo(byModel(Router.of(profile), text));
    }

    @Property(tries = 500, seed = "6")
    void tagsAreSortedAndConfidencesAreProbabilities(
            @ForAll("profiles") Profile profile, @ForAll String text, @ForAll("texts") String known) {
        for (String query : List.of(text, known, text + " " + known)) {
            Tags tags = profile.tagger().tag(Query.of(query));
            for (int k = 0; k < tags.size(); k++) {
                assertThat(tags.confidence(k)).isBetween(0.0, 1.0);
                if (k > 0) {
                    assertThat(tags.units(k)).isLessThanOrEqualTo(tags.units(k - 1));
                    assertThat(tags.units(k) < tags.units(k - 1) || tags.name(k).compareTo(tags.name(k - 1)) > 0)
                            .isTrue();
                }
            }
        }
    }

    private static @Nullable Scores scores(Routing routing) {
        return routing.scores();
    }

    private static Map<String, Double> byModel(Router router, String text) {
        Map<String, Double> scores = new HashMap<>();
        Scores all = router.route(Query.of(text)).scores();
        for (int m = 0; all != null && m < all.size(); m++) {
            scores.put(router.pool().candidates().get(m).model(), all.score(m));
        }
        return scores;
    }

    /** Everything a routing says but how long it took. */
    private static String bits(Routing routing) {
        StringBuilder out = new StringBuilder();
        out.append(routing.decision()).append(routing.tags().all());
        Scores scores = routing.scores();
        if (scores != null) {
            CandidatePool pool = scores.pool();
            for (int m = 0; m < scores.size(); m++) {
                out.append(pool.candidates().get(m))
                        .append(Double.doubleToLongBits(scores.score(m)))
                        .append(Double.doubleToLongBits(scores.costUsd(m, routing.inputTokens())))
                        .append(scores.contributions(m));
            }
        }
        return out.toString();
    }
}
