package dev.tagrouter.gateway;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for event loops; never called on one. */
final class Awaiting {
    private static final long PATIENCE_SECONDS = 30;

    private Awaiting() {}

    static <T> T result(Future<T> future) throws ExecutionException {
        return result(future, Duration.ZERO);
    }

    static <T> T result(Future<T> future, Duration more) throws ExecutionException {
        try {
            long seconds = PATIENCE_SECONDS + more.toSeconds();
            return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExecutionException(e);
        } catch (TimeoutException e) {
            throw new ExecutionException(e);
        }
    }
}
