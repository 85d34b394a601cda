package io.tributary.aws;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is to be done until all of it is, with jittered pauses that double. Gives up after so many
 * attempts in a row that got nothing done, and at once at a failure that trying again will not mend.
 */
record DynamoRetry(int attempts, Backoff backoff) {
    DynamoRetry(DynamoTableOptions options) {
        this(options.attempts(), new Backoff(options.firstPause(), options.longestPause()));
    }

    /** Sends the given and returns those of it that are left to do. */
    interface Request<T> {
        CompletableFuture<List<T>> send(List<T> todo);
    }

    <T> CompletableFuture<Void> run(List<T> todo, Request<T> request) {
        return attempt(todo, request, 0, 0);
    }

    private <T> CompletableFuture<Void> attempt(List<T> todo, Request<T> request, int round, int fruitless) {
        CompletableFuture<List<T>> answer;
        try {
            answer = request.send(todo);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.handle((left, failure) -> failure == null ? Attempt.done(left) : Attempt.<T>failed(failure))
                .thenCompose(attempt -> next(todo, request, attempt, round, fruitless));
    }

    private <T> CompletableFuture<Void> next(
            List<T> todo, Request<T> request, Attempt<T> attempt, int round, int fruitless) {
        Throwable failure = attempt.failure();
        if (failure != null) {
            return DynamoFailures.isTransient(failure)
                    ? again(todo, request, round, fruitless + 1, failure)
                    : CompletableFuture.failedFuture(failure);
        }
        List<T> left = attempt.left();
        if (left.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        boolean fruitful = left.size() < todo.size();
        return again(left, request, round, fruitful ? 0 : fruitless + 1, unprocessed(left));
    }

    private <T> CompletableFuture<Void> again(
            List<T> todo, Request<T> request, int round, int fruitless, Throwable reason) {
        if (fruitless >= attempts) {
            return CompletableFuture.failedFuture(reason);
        }
        Executor later =
                CompletableFuture.delayedExecutor(backoff.pause(round + 1).toNanos(), TimeUnit.NANOSECONDS);
        return CompletableFuture.runAsync(() -> {}, later)
                .thenCompose(paused -> attempt(todo, request, round + 1, fruitless));
    }

    private DynamoException unprocessed(List<?> left) {
        return new DynamoException(
                "%d left unprocessed by each of %d attempts in a row (the table is busy: try again later, or with more"
                                .formatted(left.size(), attempts)
                        + " attempts)",
                null,
                true,
                null);
    }

    /** What came of an attempt: what is left to do, or a failure. */
    private record Attempt<T>(List<T> left, @Nullable Throwable failure) {
        static <T> Attempt<T> done(List<T> left) {
            return new Attempt<>(left, null);
        }

        static <T> Attempt<T> failed(Throwable failure) {
            return new Attempt<>(List.of(), failure);
        }
    }
}
