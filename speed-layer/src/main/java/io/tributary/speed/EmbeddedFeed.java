package io.tributary.speed;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.Source;
import org.jspecify.annotations.Nullable;

/**
 * Feeds records of this process to a Flink job in the same process. Putting blocks while the job is
 * behind, so memory stays bounded; closing ends the job's input. One thread puts.
 *
 * <p>Limitation: what the job has taken is not given again, so a job that fails cannot resume; it is
 * meant for embedded runs and tests. The feed lives as long as something else refers to it.
 *
 * @param <T> the record
 */
public final class EmbeddedFeed<T> implements AutoCloseable {
    private static final Map<UUID, WeakReference<EmbeddedFeed<?>>> FEEDS = new ConcurrentHashMap<>();
    private static final int BATCH = 256;
    private static final int BATCHES = 64;
    private static final long PATIENCE_MILLIS = 100;

    private final UUID id = UUID.randomUUID();
    private final BlockingQueue<List<T>> batches = new ArrayBlockingQueue<>(BATCHES);
    private List<T> batch = new ArrayList<>(BATCH);
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;

    private EmbeddedFeed() {}

    public static <T> EmbeddedFeed<T> open() {
        EmbeddedFeed<T> feed = new EmbeddedFeed<>();
        FEEDS.values().removeIf(reference -> reference.get() == null);
        FEEDS.put(feed.id, new WeakReference<>(feed));
        return feed;
    }

    /** The job's end of the feed, for a job in streaming mode; it ends when the feed is closed. Parallel readers share the records among them. */
    public Source<T, ?, ?> source() {
        return new EmbeddedSource<>(id);
    }

    /**
     * Gives a record to the job, at the latest with the next {@link #flush()}.
     *
     * @throws IllegalStateException when the feed is closed or the job has failed
     */
    public void put(T row) throws InterruptedException {
        if (closed) {
            throw new IllegalStateException("Cannot feed a record: the feed is closed");
        }
        batch.add(row);
        if (batch.size() == BATCH) {
            flush();
        }
    }

    /** Lets the job have all that was put. */
    public void flush() throws InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        while (!batches.offer(batch, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
            checkJob();
        }
        checkJob();
        batch = new ArrayList<>(BATCH);
        signal();
    }

    /** Tells the feed that its job has ended, so that nobody waits for it. */
    public void abandon(Throwable cause) {
        failure = cause;
    }

    private void checkJob() {
        Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException("Cannot feed a record: the job has failed: " + cause.getMessage(), cause);
        }
    }

    /** Ends the input of the job after all that was put. */
    @Override
    public void close() throws InterruptedException {
        if (!closed) {
            flush();
            closed = true;
            signal();
        }
    }

    private synchronized void signal() {
        available.complete(null);
        available = new CompletableFuture<>();
    }

    @Nullable
    List<T> poll() {
        return batches.poll();
    }

    boolean isFinished() {
        return closed && batches.isEmpty();
    }

    synchronized CompletableFuture<Void> available() {
        return closed || !batches.isEmpty() ? CompletableFuture.completedFuture(null) : available;
    }

    @SuppressWarnings("unchecked") // the id was given to the source together with the type
    static <T> EmbeddedFeed<T> find(UUID id) {
        WeakReference<EmbeddedFeed<?>> reference = FEEDS.get(id);
        EmbeddedFeed<?> feed = reference == null ? null : reference.get();
        if (feed == null) {
            throw new IllegalStateException(
                    "Cannot read the embedded feed %s: it is in another process, or gone".formatted(id));
        }
        return (EmbeddedFeed<T>) feed;
    }
}
