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
import java.util.List;
import java.util.Random;
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

/**
 * Tag, score, decide, and all three, on the built-in profile; a token is four characters. Each call takes the next of
 * many different queries, so that no branch predictor or cache learns one by heart.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class DecisionBenchmark {
    private static final int CHARACTERS_PER_TOKEN = 4;
    /** More than are in use at a time anywhere, and a power of two. */
    private static final int QUERIES = 256;

    private static final List<String> WORDS = List.of("""
            our shop keeps orders customers and invoices in a relational database that has grown for nine years please \
            write query ranks the of each region by revenue leaves out cancelled shows change against previous quarter \
            percent explain which indexes it needs why plan should not fall back to full scan what happens on first \
            day month then sketch short python function runs retries twice when connection drops result as table file \
            translate this poem into english summarise contract clause solve equation integral prove theorem patient \
            symptoms diagnosis history of rome planet orbit chemistry reaction marketing email polite friendly tone \
            story dragon princess recipe vegetarian dinner travel kyoto budget javascript promise rust borrow checker \
            unit test regression outlier kubernetes cluster latency histogram if something is ambiguous say you \
            assumed carry on""".split(" "));

    /** Length of the query in tokens. */
    @Param({"20", "200", "2000"})
    public int tokens;

    private final Query[] queries = new Query[QUERIES];
    private final Tags[] tags = new Tags[QUERIES];
    private final Scores[] scores = new Scores[QUERIES];
    private int next;
    private Profile profile = load();
    private Router router = Router.of(profile);
    private Scorer scorer = profile.scorer(router.pool());
    private Decider decider = profile.decider(router.pool(), profile.manifest().defaultModel());

    private static Profile load() {
        try {
            return Profile.builtIn("default");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Words in a different order for each seed, cut at the given length. */
    private static String text(int characters, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        while (text.length() < characters) {
            text.append(WORDS.get(random.nextInt(WORDS.size())))
                    .append(random.nextInt(12) == 0 ? ". " : random.nextInt(9) == 0 ? ", " : " ");
        }
        return text.substring(0, characters);
    }

    /** Makes the queries and what each step starts from. */
    @Setup
    public void prepare() {
        for (int i = 0; i < QUERIES; i++) {
            queries[i] = Query.of(text(tokens * CHARACTERS_PER_TOKEN, i));
            tags[i] = profile.tagger().tag(queries[i]);
            scores[i] = scorer.score(tags[i]);
        }
    }

    private int next() {
        return next++ & (QUERIES - 1);
    }

    @Benchmark
    public Tags tag() {
        return profile.tagger().tag(queries[next()]);
    }

    @Benchmark
    public Scores score() {
        return scorer.score(tags[next()]);
    }

    @Benchmark
    public Decision decide() {
        int i = next();
        return decider.decide(scores[i], 0, queries[i].inputTokens());
    }

    @Benchmark
    public Routing route() {
        return router.route(queries[next()]);
    }
}
