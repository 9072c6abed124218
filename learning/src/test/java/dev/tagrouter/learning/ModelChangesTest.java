package dev.tagrouter.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.core.Router;
import dev.tagrouter.core.decision.Decision;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.profile.ProfileBundle;
import dev.tagrouter.core.scoring.Bend;
import dev.tagrouter.core.scoring.Candidate;
import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.testing.TinyProfile;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Adding and removing models: what changes, what must not, and what is refused. */
class ModelChangesTest {
    private static final MadeUpSet ALL = MadeUpSet.of(400, 0);
    private static final Price PRICE = new Price(1, 1);

    private final Learner learner = new Learner(TinyProfile.tagger(TinyProfile.vocabulary()), Progress.silent());
    private final ModelAdder adder = new ModelAdder(Progress.silent());

    @Test
    void addingWhatWasLeftOutGivesTheProfileThatLearnsAll() throws IOException {
        Learner.Learned all = learn(ALL.only("small", "strong", "coder"));
        Learner.Learned two = learn(ALL.only("small", "strong"));
        EvidenceSet learned = all.profile().table().sets().getFirst();
        assertThat(two.profile().table().sets().getFirst().penalty()).isEqualTo(learned.penalty());
        ModelAdder.Added added = adder.add(two.profile(), two.statistics(), ALL, request("coder", null));
        assertThat(added.theta()).isEqualTo(ModelAdder.Theta.CALIBRATED_AGAIN);
        assertThat(added.sharesGram()).isTrue();
        assertThat(added.profile().id()).isEqualTo(all.profile().id());
        assertThat(added.statistics().toBytes()).isEqualTo(all.statistics().toBytes());
    }

    @Test
    void howScoresBendIsLearnedOfTheNewModelAsOfTheOthers() throws IOException {
        MadeUpSet many = MadeUpSet.of(7_200, 0);
        Learner.Learned all = learn(many.only("small", "strong", "coder"));
        Learner.Learned two = learn(many.only("small", "strong"));
        assertThat(two.profile().table().sets().getFirst().penalty())
                .isEqualTo(all.profile().table().sets().getFirst().penalty());
        ModelAdder.Added added = adder.add(two.profile(), two.statistics(), many, request("coder", null));
        assertThat(coder(added.profile()).summary().bend()).isNotEqualTo(Bend.NONE);
        assertThat(added.profile().id()).isEqualTo(all.profile().id());
        ModelAdder.Added fewer = adder.add(two.profile(), two.statistics(), many.first(6_999), request("coder", null));
        assertThat(coder(fewer.profile()).summary().bend()).isEqualTo(Bend.NONE);
        assertSameColumns(fewer.profile(), two.profile(), "small", "strong");
    }

    @Test
    void removingAgainGivesTheColumnsAndSumsFromBefore() throws IOException {
        Learner.Learned two = learn(ALL.only("small", "strong"));
        ModelAdder.Added added =
                adder.add(two.profile(), two.statistics(), ALL.first(40).only("coder"), request("coder", null));
        assertThat(added.theta()).isEqualTo(ModelAdder.Theta.KEPT);
        ModelRemover.Removed removed = ModelRemover.remove(added.profile(), added.statistics(), "coder", null);
        assertThat(Objects.requireNonNull(removed.statistics()).toBytes())
                .isEqualTo(two.statistics().toBytes());
        assertThat(removed.profile().manifest()).isEqualTo(two.profile().manifest());
        assertSameColumns(removed.profile(), two.profile(), "small", "strong");
    }

    @Test
    void fewJudgmentsWorkAndAreLessSure() throws IOException {
        Learner.Learned two = learn(ALL.only("small", "strong"));
        ModelAdder.Added few =
                adder.add(two.profile(), two.statistics(), ALL.first(25).only("coder"), request("coder", null));
        ModelAdder.Added many = adder.add(two.profile(), two.statistics(), ALL.only("coder"), request("coder", null));
        assertSameColumns(few.profile(), two.profile(), "small", "strong");
        assertThat(few.judged()).isEqualTo(25);
        assertThat(few.sharesGram()).isFalse();
        assertThat(few.outcomesCounted()).isFalse();
        assertThat(uncertainty(few.profile())).isGreaterThan(2 * uncertainty(many.profile()));
        assertThat(few.profile().table().sets().getFirst().minimumCoverage())
                .isCloseTo(two.profile().table().sets().getFirst().minimumCoverage(), within(0.05));
        assertThat(bestAtSql(few.profile())).isEqualTo("strong");
        ModelAdder.Added more =
                adder.add(two.profile(), two.statistics(), ALL.first(100).only("coder"), request("coder", null));
        assertThat(bestAtSql(more.profile())).isEqualTo("coder");
        assertThat(few.profile().curve("made-up").points().get(20).quality()).isNaN();
        assertThat(few.profile().curve("made-up").qualityPerUsd(0.3))
                .isEqualTo(two.profile().curve("made-up").qualityPerUsd(0.3));
    }

    @Test
    void oneThatLeansOnOthersIsAddedAsItIsLearned() throws IOException {
        Learner.Learned two = learn(ALL.only("small", "strong"));
        Learner.Learned all = learn(ALL.only("small", "strong", "coder").knownOnFirst(180, "coder"));
        assertThat(all.profile().table().sets().getFirst().penalty())
                .isEqualTo(two.profile().table().sets().getFirst().penalty());
        ModelAdder.Added added =
                adder.add(two.profile(), two.statistics(), ALL.first(180).only("coder"), request("coder", null));
        assertSameColumns(added.profile(), all.profile(), "small", "strong");
        Capability learned = coder(all.profile());
        assertThat(coder(added.profile()).summary()).isEqualTo(learned.summary());
        for (int t = 0; t < TinyProfile.vocabulary().termCount(); t++) {
            assertThat(coder(added.profile()).row(t).score())
                    .isEqualTo(learned.row(t).score());
        }
    }

    private static Capability coder(Profile profile) {
        return Objects.requireNonNull(profile.table().sets().getFirst().find("coder"));
    }

    @Test
    void oneThatLeansOnOthersHasTheirCoverage() throws IOException {
        Learner.Learned two = learn(ALL.only("small", "strong"));
        ModelAdder.Added few =
                adder.add(two.profile(), two.statistics(), ALL.first(25).only("coder"), request("coder", null));
        ModelAdder.Added most =
                adder.add(two.profile(), two.statistics(), ALL.first(250).only("coder"), request("coder", null));
        assertThat(coverage(few.profile())).isEqualTo(coverage(two.profile()));
        assertThat(coverage(most.profile())).isLessThan(coverage(two.profile()));
    }

    private static double coverage(Profile profile) {
        return Objects.requireNonNull(Router.of(profile).route(Query.of("sql")).scores())
                .coverage();
    }

    private static String bestAtSql(Profile profile) {
        return ((Decision.Chosen) Router.of(profile).route(Query.of("sql")).decision()).model();
    }

    private static double uncertainty(Profile profile) {
        Router router = Router.of(profile);
        var scores = Objects.requireNonNull(router.route(Query.of("sql")).scores());
        List<String> names =
                router.pool().candidates().stream().map(Candidate::model).toList();
        return scores.uncertainty(names.indexOf("coder"), names.indexOf("strong"));
    }

    @Test
    void judgmentsOnOtherQueriesAreLinkedByAModelJudgedOnBoth() throws IOException {
        Learner.Learned two = learn(ALL.only("small", "strong"));
        MadeUpSet elsewhere = ALL.renamedQueries("elsewhere");
        ModelAdder.Added added =
                adder.add(two.profile(), two.statistics(), elsewhere.only("coder", "strong"), request("coder", null));
        assertThat(added.linked()).isTrue();
        assertThat(added.alongside()).containsExactly("strong");
        assertSameColumns(added.profile(), two.profile(), "small", "strong");
        Router router = Router.of(added.profile());
        assertThat(((Decision.Chosen) router.route(Query.of("sql")).decision()).model())
                .isEqualTo("coder");
        assertThatThrownBy(() ->
                        adder.add(two.profile(), two.statistics(), elsewhere.only("coder"), request("coder", null)))
                .hasMessageContaining("judge strong on the same queries too");
    }

    @Test
    void fewQueriesOfASetDoNotDecideThatItIsJoined() throws IOException {
        Learner.Learned two = learn(ALL.first(100).only("small", "strong"));
        MadeUpSet less = ALL.renamedQueries("elsewhere").with(ALL.first(49), 100);
        ModelAdder.Added linked =
                adder.add(two.profile(), two.statistics(), less.only("coder", "strong"), request("coder", null));
        assertThat(linked.linked()).isTrue();
        assertThat(linked.judged()).isEqualTo(100);
        assertThat(linked.leftOut()).isZero();
        assertRefused(
                two,
                less.only("coder"),
                request("coder", null),
                "set 'made-up' holds only 49 of the 100 judged queries, less than half",
                "judge more of the queries of set 'made-up'",
                "judge strong on the same queries too",
                "--set made-up");
        for (MadeUpSet data : List.of(less.only("coder"), less.only("coder", "strong"))) {
            ModelAdder.Added named = adder.add(two.profile(), two.statistics(), data, request("coder", "made-up"));
            assertThat(named.linked()).isFalse();
            assertThat(named.judged()).isEqualTo(49);
            assertThat(named.leftOut()).isEqualTo(51);
        }
        MadeUpSet half = ALL.renamedQueries("elsewhere").with(ALL.first(50), 100);
        ModelAdder.Added joined =
                adder.add(two.profile(), two.statistics(), half.only("coder", "strong"), request("coder", null));
        assertThat(joined.linked()).isFalse();
        assertThat(joined.judged()).isEqualTo(50);
    }

    @Test
    void onlyQueriesOfTheSetCount() throws IOException {
        Learner.Learned two = learn(ALL.first(200).only("small", "strong"));
        ModelAdder.Added added = adder.add(two.profile(), two.statistics(), ALL.only("coder"), request("coder", null));
        assertThat(added.judged()).isEqualTo(200);
        assertThat(added.leftOut()).isEqualTo(200);
    }

    @Test
    void refusesWhatCannotBeMeant() throws IOException {
        Learner.Learned two = learn(ALL.only("small", "strong"));
        assertRefused(two, ALL, request("strong", null), "already");
        assertRefused(two, ALL, request("nobody", null), "no column of the data");
        assertRefused(two, ALL, request("coder", "elsewhere"), "no set 'elsewhere'");
        assertRefused(two, ALL.renamedQueries("x").only("coder"), request("coder", "made-up"), "none of the 400");
        assertThatThrownBy(() -> ModelRemover.remove(two.profile(), null, "nobody", null))
                .hasMessageContaining("its models are small, strong");
        assertThatThrownBy(() -> ModelRemover.remove(two.profile(), null, "strong", null))
                .hasMessageContaining("reference of set 'made-up'");
        Profile byCoder = learn(ALL.against("coder")).profile();
        assertThatThrownBy(() -> ModelRemover.remove(byCoder, null, "strong", null))
                .hasMessageContaining("default model")
                .hasMessageContaining("--default-model");
        assertThatThrownBy(() -> ModelRemover.remove(byCoder, null, "strong", "strong"))
                .hasMessageContaining("cannot be the default");
        Profile without = ModelRemover.remove(byCoder, null, "strong", "small").profile();
        assertThat(without.manifest().defaultModel()).isEqualTo("small");
        assertThat(without.manifest().candidates()).containsExactly("small", "coder");
    }

    private void assertRefused(Learner.Learned learned, JudgedSet data, ModelAdder.Request request, String... message) {
        assertThatThrownBy(() -> adder.add(learned.profile(), learned.statistics(), data, request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(message);
    }

    @Test
    void statisticsReadBackAndEveryTruncationIsNoticed() throws IOException {
        Learner.Learned learned = learn(MadeUpSet.of(60, 0.3));
        byte[] body = learned.statistics().toBytes();
        Statistics read = Statistics.of(ProfileBundle.of(learned.profile(), body));
        assertThat(read.toBytes()).isEqualTo(body);
        for (int length = 0; length < body.length; length++) {
            byte[] cut = Arrays.copyOf(body, length);
            assertThatThrownBy(() -> Statistics.of(ProfileBundle.of(learned.profile(), cut)))
                    .hasMessageContaining("stats.bin cannot be used")
                    .hasMessageContaining("learn the profile again");
        }
        Profile other = learn(ALL.only("small", "strong")).profile();
        assertThatThrownBy(() -> Statistics.of(ProfileBundle.of(other, body)))
                .hasMessageContaining("are not the profile's");
        assertThatThrownBy(() -> Statistics.of(ProfileBundle.of(other, null)))
                .hasMessageContaining("without --no-stats");
    }

    private Learner.Learned learn(MadeUpSet set) throws IOException {
        return learner.learnWithStatistics(
                List.of(set),
                new Learner.Settings("made-up", "Apache-2.0", Instant.parse("2026-01-01T00:00:00Z"), "tiny-1"));
    }

    private static ModelAdder.Request request(String model, @Nullable String set) {
        return new ModelAdder.Request(model, PRICE, set, true, null);
    }

    private static void assertSameColumns(Profile changed, Profile original, String... models) {
        EvidenceSet before = original.table().sets().getFirst();
        EvidenceSet after = changed.table().sets().getFirst();
        assertThat(after.penalty()).isEqualTo(before.penalty());
        for (String model : models) {
            Capability old = Objects.requireNonNull(before.find(model));
            Capability now = Objects.requireNonNull(after.find(model));
            assertThat(now.summary()).isEqualTo(old.summary());
            for (int t = 0; t < original.table().vocabulary().size(); t++) {
                assertThat(now.row(t)).isEqualTo(old.row(t));
            }
        }
    }
}
