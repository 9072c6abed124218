package dev.tagrouter.lab.teacher;

import dev.tagrouter.client.FreeTags;
import dev.tagrouter.client.FreeTags.Failure;
import dev.tagrouter.client.Teacher;
import dev.tagrouter.client.Usage;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.lab.dataset.BrokenLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Lets a teacher tag a file of queries, several at a time, and writes each answer as it comes.
 *
 * <p>A query that fails is noted and the run goes on; the next run asks for what this one has not. It stops early where
 * going on is of no use: the key or the model is not accepted, the teacher failed for {@value #MOST_FAILURES_IN_A_ROW}
 * queries in a row, or the money is spent.
 */
public final class TeacherRun {
    private static final int MOST_FAILURES_IN_A_ROW = 20;

    private final Teacher teacher;
    private final Settings settings;
    private final Watcher watcher;

    private Usage usage = Usage.NONE;
    private long tagged;
    private long failed;
    private int failuresInARow;
    private @Nullable String stopped;

    /**
     * How to go about it.
     *
     * @param atOnce the most requests under way, from 1 to 256
     * @param price of the teacher's tokens
     * @param budgetUsd where to stop; requests under way still come in on top
     */
    public record Settings(int atOnce, Price price, double budgetUsd) {
        public Settings {
            if (atOnce < 1 || atOnce > 256) {
                throw new IllegalArgumentException("the limit of requests at once is " + atOnce + "; give 1 to 256");
            }
            if (!(budgetUsd > 0)) {
                throw new IllegalArgumentException("the budget is " + budgetUsd + " USD; give more than 0");
            }
        }

        /** What tokens cost in USD. */
        public double usd(Usage used) {
            return price.usd((double) used.inputTokens(), (double) used.outputTokens());
        }
    }

    /** Told, by one thread at a time, how far it has come. */
    public interface Watcher {
        /** @param total queries that this run is to tag */
        void at(long tagged, long failed, long total, Usage used);
    }

    /** Queries that failed the same way: how many, and the first ids. */
    public record Failed(long count, List<String> firstIds) {
        public Failed {
            firstIds = List.copyOf(firstIds);
        }
    }

    /**
     * What came of a run.
     *
     * @param queries in the file, without broken lines
     * @param before tagged by earlier runs
     * @param tagged by this one
     * @param failures by kind
     * @param failureFile where each is, with its detail
     * @param usage of this run
     * @param repaired whether an earlier run had left a torn line
     * @param stopped why it ended early, or null
     */
    public record Outcome(
            long queries,
            long before,
            long tagged,
            Map<Failure, Failed> failures,
            Path failureFile,
            Usage usage,
            boolean repaired,
            @Nullable String stopped) {
        public Outcome {
            failures = Map.copyOf(failures);
        }
    }

    public TeacherRun(Teacher teacher, Settings settings, Watcher watcher) {
        this.teacher = teacher;
        this.settings = settings;
        this.watcher = watcher;
    }

    /**
     * Runs to the end; a run object runs once.
     *
     * @param in JSON Lines with id and text
     * @param out the same lines with tags, in the order they came in
     * @throws IOException when a file cannot be read or written, or holds what it should not
     */
    public Outcome run(Path in, Path out, BrokenLines broken) throws IOException {
        Set<String> ids = QueryFile.check(in, broken);
        try (TagLog log = TagLog.open(out, teacher.id());
                FailureLog failures = FailureLog.beside(out);
                QueryFile file = QueryFile.open(in)) {
            long before = ids.stream().filter(log::isDone).count();
            work(() -> tagAll(file, log, failures, ids.size() - before));
            return new Outcome(
                    ids.size(), before, tagged, failures.failures(), failures.file(), usage, log.repaired(), stopped);
        }
    }

    /** Something that several threads do at once. */
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void work(Work work) throws IOException {
        List<Future<?>> workers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < settings.atOnce(); i++) {
                workers.add(threads.submit(() -> {
                    try {
                        work.run();
                    } catch (IOException | RuntimeException e) {
                        stop("a file failed");
                        throw e;
                    }
                    return null;
                }));
            }
        }
        for (Future<?> worker : workers) {
            try {
                worker.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException io) {
                    throw io;
                }
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stop("interrupted");
            }
        }
    }

    private void tagAll(QueryFile file, TagLog log, FailureLog failures, long total)
            throws IOException, InterruptedException {
        for (QueryFile.Line query = next(file); query != null; query = next(file)) {
            if (log.isDone(query.id())) {
                continue;
            }
            FreeTags answer = teacher.tag(query.text());
            switch (answer) {
                case FreeTags.Tagged good -> log.append(query, good.tags());
                case FreeTags.Failed bad -> failures.add(query.id(), bad);
            }
            count(answer, total);
        }
    }

    private QueryFile.@Nullable Line next(QueryFile file) throws IOException {
        synchronized (this) {
            if (stopped != null) {
                return null;
            }
        }
        return file.next();
    }

    private synchronized void count(FreeTags answer, long total) {
        usage = usage.plus(answer.usage());
        switch (answer) {
            case FreeTags.Tagged good -> {
                tagged++;
                failuresInARow = 0;
            }
            case FreeTags.Failed bad -> {
                failed++;
                failuresInARow = bad.failure().isOfTheServer() ? failuresInARow + 1 : 0;
                if (bad.failure().isFatal()) {
                    stop("the teacher takes no query (" + bad.detail() + ")");
                } else if (failuresInARow >= MOST_FAILURES_IN_A_ROW) {
                    stop("the teacher failed for " + failuresInARow + " queries in a row (" + bad.detail() + ")");
                }
            }
        }
        if (settings.usd(usage) >= settings.budgetUsd()) {
            stop("the budget is spent");
        }
        watcher.at(tagged, failed, total, usage);
    }

    private synchronized void stop(String why) {
        stopped = stopped == null ? why : stopped;
    }
}
