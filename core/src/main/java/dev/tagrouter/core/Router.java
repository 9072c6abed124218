package dev.tagrouter.core;

import dev.tagrouter.core.decision.Constraints;
import dev.tagrouter.core.decision.Decider;
import dev.tagrouter.core.decision.Decision;
import dev.tagrouter.core.decision.Reason;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.Candidate;
import dev.tagrouter.core.scoring.CandidatePool;
import dev.tagrouter.core.scoring.Scorer;
import dev.tagrouter.core.scoring.Scores;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Tags;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Routes a query to one model: tags, scores, decides.
 *
 * <p>Immutable and safe for any number of threads; needs no network and no file. The same profile, query and theta
 * give the same decision, bit for bit.
 */
public final class Router {
    private final Profile profile;
    private final CandidatePool pool;
    private final String defaultModel;
    private final @Nullable Scorer scorer;
    private final @Nullable Decider decider;

    private Router(Profile profile, List<Candidate> candidates, String defaultModel) {
        this.profile = profile;
        this.defaultModel = defaultModel;
        this.pool = CandidatePool.over(profile.table(), candidates);
        this.scorer = profile.compares(pool) ? profile.scorer(pool) : null;
        this.decider = profile.compares(pool) ? profile.decider(pool, defaultModel) : null;
    }

    /** A router between the profile's own candidates. */
    public static Router of(Profile profile) {
        return among(profile, profile.candidates(), profile.manifest().defaultModel());
    }

    /**
     * A router between given candidates.
     *
     * @param candidates at least one, names unique; those without evidence are never chosen
     * @param defaultModel who answers where evidence does not decide
     */
    public static Router among(Profile profile, List<Candidate> candidates, String defaultModel) {
        return new Router(profile, candidates, defaultModel);
    }

    /** Routes at the profile's default theta. */
    public Routing route(Query query) {
        return route(query, profile.manifest().theta());
    }

    /**
     * Routes a query.
     *
     * @param theta the cost threshold: from -1 (cheapest) over 0 (default) to 1 (highest expected quality), or the
     *     raw threshold where the profile uses the published scorer
     */
    public Routing route(Query query, double theta) {
        return route(query, theta, Constraints.NONE);
    }

    /**
     * Routes a query.
     *
     * @param theta as in {@link #route(Query, double)}
     * @param constraints what the choice has to keep to beside it
     */
    public Routing route(Query query, double theta, Constraints constraints) {
        long start = System.nanoTime();
        Tags tags = profile.tagger().tag(query);
        return decide(query, tags, theta, constraints, System.nanoTime() - start);
    }

    /**
     * Routes a query whose tags come from elsewhere: from the caller, or from a tagger other than the profile's. How the query is
     * laid out is read of it all the same.
     *
     * @param tags over the profile's own vocabulary
     * @param theta as in {@link #route(Query, double)}
     * @param constraints what the choice has to keep to beside it
     * @param tagNanos how long tagging took, for the record
     */
    public Routing route(Query query, Tags tags, double theta, Constraints constraints, long tagNanos) {
        if (tags.vocabulary() != profile.tagger().vocabulary()) {
            throw new IllegalArgumentException("the tags are of another vocabulary than that of profile "
                    + profile.manifest().name() + "; make the tagger over the profile's own");
        }
        return decide(query, tags.laidOutAs(query), theta, constraints, tagNanos);
    }

    private Routing decide(Query query, Tags tags, double theta, Constraints constraints, long tagNanos) {
        long tagged = System.nanoTime();
        if (scorer == null || decider == null) {
            profile.requireTheta(theta);
            Decision decision = withoutEvidence(theta, constraints);
            return new Routing(tags, null, decision, query.inputTokens(), constraints, tagNanos, 0, 0);
        }
        Scores scores = scorer.score(tags);
        long scored = System.nanoTime();
        Decision decision = decider.decide(scores, theta, query.inputTokens(), constraints);
        long decided = System.nanoTime();
        return new Routing(
                tags, scores, decision, query.inputTokens(), constraints, tagNanos, scored - tagged, decided - scored);
    }

    /**
     * Whom to ask instead, one after the other, when the model that was chosen cannot answer.
     *
     * @param routing one of this router's
     * @return the chosen model first, then the other candidates with evidence in the order in which each would be
     *     chosen if those before it were not there; without scores only the chosen one, empty where nobody was eligible
     */
    public List<String> ranking(Routing routing) {
        Scores scores = routing.scores();
        if (decider != null && scores != null) {
            return decider.ranking(scores, routing.decision().theta(), routing.inputTokens(), routing.constraints());
        }
        return switch (routing.decision()) {
            case Decision.Chosen chosen -> List.of(chosen.model());
            case Decision.NoEligibleModel none -> List.of();
        };
    }

    /** Nothing compares: the default model if it was asked for, and otherwise nobody. */
    private Decision withoutEvidence(double theta, Constraints constraints) {
        boolean eligible = pool.withoutEvidence().contains(defaultModel)
                || pool.candidates().stream().anyMatch(c -> c.model().equals(defaultModel));
        String refusal = !eligible || constraints.admitsUnknown(defaultModel)
                ? null
                : Objects.requireNonNullElse(
                        constraints.gate().refusal(defaultModel), "has no expected cost to hold against the highest");
        if (refusal != null) {
            return new Decision.NoEligibleModel(
                    Reason.CONSTRAINTS,
                    theta,
                    "no evidence compares the candidates, and the default model may not answer: " + defaultModel + " "
                            + refusal + "; ask for less, or name a model");
        }
        if (eligible) {
            return new Decision.Chosen(defaultModel, Reason.NO_EVIDENCE, theta, null, null, 0);
        }
        String models = String.join(
                ", ", pool.candidates().stream().map(Candidate::model).toList());
        String remedy = pool.candidates().isEmpty()
                ? "no judgments of " + String.join(", ", pool.withoutEvidence()) + " in profile "
                        + profile.manifest().name() + "; learn them or name other models"
                : "profile " + profile.manifest().name() + " has no queries on which these were judged together: "
                        + models + "; name models of one set, or the default model";
        return new Decision.NoEligibleModel(Reason.NO_EVIDENCE, theta, remedy);
    }

    public Profile profile() {
        return profile;
    }

    /** The candidates this router chooses between. */
    public CandidatePool pool() {
        return pool;
    }
}
