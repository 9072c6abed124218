package dev.tagrouter.benchmarks;

import dev.tagrouter.core.Router;
import dev.tagrouter.core.Routing;
import dev.tagrouter.core.decision.Decider;
import dev.tagrouter.core.decision.Decision;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.Scorer;
import dev.tagrouter.core.scoring.Scores;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Tags;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Tag, score, decide, and all three, on the built-in profile; a token is four characters. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DecisionBenchmark {
    private static final int CHARACTERS_PER_TOKEN = 4;
    private static final String PROSE = """
            Our shop keeps orders, customers and invoices in a relational database that has grown for nine years. \
            Please write a query that ranks the customers of each region by revenue, leaves out cancelled orders, \
            and shows the change against the previous quarter in percent. Explain which indexes it needs, why the \
            plan should not fall back to a full scan, and what happens on the first day of a month. Then sketch a \
            short Python function that runs it, retries twice when the connection drops, and writes the result as \
            a table to a file. If something in this request is ambiguous, say what you assumed and carry on.\s""";

    /** Length of the query in tokens. */
    @Param({"20", "200", "2000"})
    public int tokens;

    private Query query = Query.of("");
    private Profile profile = load();
    private Router router = Router.of(profile);
    private Scorer scorer = profile.scorer(router.pool());
    private Decider decider = profile.decider(router.pool(), profile.manifest().defaultModel());
    private Tags tags = profile.tagger().tag(query);
    private Scores scores = scorer.score(tags);

    private static Profile load() {
        try {
            return Profile.builtIn("default");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Plain prose of the given length, without anything JSON would have to escape. */
    static String text(int characters) {
        return PROSE.repeat(characters / PROSE.length() + 1).substring(0, characters);
    }

    /** Makes the query and what each step starts from. */
    @Setup
    public void prepare() {
        query = Query.of(text(tokens * CHARACTERS_PER_TOKEN));
        tags = profile.tagger().tag(query);
        scores = scorer.score(tags);
    }

    @Benchmark
    public Tags tag() {
        return profile.tagger().tag(query);
    }

    @Benchmark
    public Scores score() {
        return scorer.score(tags);
    }

    @Benchmark
    public Decision decide() {
        return decider.decide(scores, 0, query.inputTokens());
    }

    @Benchmark
    public Routing route() {
        return router.route(query);
    }
}
