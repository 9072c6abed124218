package dev.tagrouter.client;

import dev.tagrouter.client.FreeTags.Failure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A model that writes free tags for queries. Blocks its caller; safe for many threads, which share what is learned of the
 * server: which optional members it takes, and how long it asks all to wait.
 */
public final class Teacher implements AutoCloseable {
    private final ModelServer server;
    private final AnswerForm form;
    private final TagPrompt prompt;
    private final Patience patience;
    private final ChatCall call;
    private final Pauses pauses;
    private final List<Dialect> dialects;

    /** The richest way of asking that this server has taken, or null before the first answer. */
    private volatile @Nullable Dialect settled;

    public Teacher(ModelServer server, AnswerForm form, TagPrompt prompt, Patience patience) {
        this(server, form, prompt, patience, new ThreadLocalJitter(), nanos -> Thread.sleep(Duration.ofNanos(nanos)));
    }

    Teacher(
            ModelServer server,
            AnswerForm form,
            TagPrompt prompt,
            Patience patience,
            RandomGenerator random,
            Pauses.Sleep sleep) {
        this.server = server;
        this.form = form;
        this.prompt = prompt;
        this.patience = patience;
        this.call = new ChatCall(server, InstantSource.system());
        this.pauses = new Pauses(random, sleep);
        this.dialects = Dialect.of(form);
    }

    /** What writes the tags: model and prompt, such as {@code gpt-4.1@1a2b3c4d}. */
    public String id() {
        return server.model() + "@" + prompt.id();
    }

    /** Asks for the tags of a query. Of a text over 24,000 characters the beginning and the end are sent. */
    public FreeTags tag(String query) throws InterruptedException {
        for (int attempt = 0; ; attempt++) {
            boolean last = attempt == patience.retries();
            if (!last) {
                pauses.untilOpen();
            }
            Reply reply = ask(query);
            if (last || !isPassing(reply)) {
                return read(reply, attempt + 1);
            }
            pauses.after(attempt, reply instanceof Reply.Refused refused ? refused.retryAfter() : null);
        }
    }

    /** The first request finds out what the server takes; an answer of 400 after that is about the query. */
    private Reply ask(String query) throws InterruptedException {
        long end = System.nanoTime() + patience.deadline().toNanos();
        Dialect known = settled;
        if (known != null) {
            return ask(query, known, end);
        }
        Reply reply = new Reply.Garbled("nothing was asked");
        for (Dialect dialect : dialects) {
            reply = ask(query, dialect, end);
            if (!(reply instanceof Reply.Refused refused && refused.isAboutTheRequest())) {
                if (reply instanceof Reply.Said) {
                    settled = dialect;
                }
                return reply;
            }
        }
        return reply;
    }

    private Reply ask(String query, Dialect dialect, long endNanos) throws InterruptedException {
        byte[] body = ChatRequest.of(server.model(), prompt, query, dialect, patience.answerTokens());
        return call.ask(body, Duration.ofNanos(endNanos - System.nanoTime()));
    }

    private static boolean isPassing(Reply reply) {
        return switch (reply) {
            case Reply.Said said -> false;
            case Reply.Garbled garbled -> false;
            case Reply.Refused refused -> refused.status() == 429 || refused.status() == 408 || refused.status() >= 500;
            case Reply.Unreachable unreachable -> true;
            case Reply.TimedOut timedOut -> true;
        };
    }

    private FreeTags read(Reply reply, int attempts) {
        String after = attempts > 1 ? " after " + attempts + " attempts" : "";
        return switch (reply) {
            case Reply.Said said -> AnswerReader.read(said, form);
            case Reply.Garbled garbled -> failed(Failure.SERVER_ERROR, garbled.message());
            case Reply.Refused refused -> failed(failure(refused.status()), refused.message() + after);
            case Reply.Unreachable unreachable -> failed(Failure.UNREACHABLE, unreachable.message() + after);
            case Reply.TimedOut timedOut -> failed(Failure.TIMED_OUT, timedOut.message() + after);
        };
    }

    private static FreeTags failed(Failure failure, String detail) {
        return new FreeTags.Failed(failure, detail, Usage.NONE);
    }

    private static Failure failure(int status) {
        return switch (status) {
            case 401, 403 -> Failure.NO_ACCESS;
            case 404 -> Failure.NO_SUCH_MODEL;
            case 429 -> Failure.RATE_LIMITED;
            default -> status >= 500 || status < 300 ? Failure.SERVER_ERROR : Failure.REFUSED;
        };
    }

    /** Closes its connections; what is under way fails. */
    @Override
    public void close() {
        call.close();
    }

    /** Each thread's own randomness. */
    private static final class ThreadLocalJitter implements RandomGenerator {
        @Override
        public long nextLong() {
            return ThreadLocalRandom.current().nextLong();
        }
    }
}
