package io.tributary.batch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Some threads that share a list of jobs. When one fails, what has begun is ended and nothing more is begun.
 *
 * @param size how many threads
 */
record Crew(int size) {

    /** What is done with an item. */
    interface Job<T, U> {
        U of(T item) throws IOException;
    }

    /**
     * Does a job for each item.
     *
     * @return the results in the order of the items
     * @throws IOException or a runtime exception, the first in that order; others are suppressed in it
     */
    <T, U> List<U> each(List<T> items, Job<T, U> job) throws IOException {
        AtomicBoolean failed = new AtomicBoolean();
        List<Callable<List<U>>> tasks = new ArrayList<>();
        for (T item : items) {
            tasks.add(() -> {
                if (failed.get()) {
                    return List.of();
                }
                boolean done = false;
                try {
                    List<U> result = List.of(job.of(item));
                    done = true;
                    return result;
                } finally {
                    if (!done) {
                        failed.set(true);
                    }
                }
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(size);
        try {
            return results(threads.invokeAll(tasks));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("Cannot go on: the thread was interrupted");
            interrupted.initCause(e);
            throw interrupted;
        } finally {
            threads.shutdownNow();
        }
    }

    private static <U> List<U> results(List<Future<List<U>>> futures) throws IOException, InterruptedException {
        List<U> results = new ArrayList<>();
        Throwable failure = null;
        for (Future<List<U>> future : futures) {
            try {
                results.addAll(future.get());
            } catch (ExecutionException e) {
                if (failure == null) {
                    failure = e.getCause();
                } else {
                    failure.addSuppressed(e.getCause());
                }
            }
        }
        if (failure instanceof IOException io) {
            throw io;
        }
        if (failure instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return results;
    }
}
