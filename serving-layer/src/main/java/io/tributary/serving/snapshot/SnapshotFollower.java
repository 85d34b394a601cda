package io.tributary.serving.snapshot;

import io.tributary.serving.LambdaView;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.BatchViewStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves views to each snapshot that the batch layer publishes, in a process other than the one that builds.
 *
 * <p>A view whose newest snapshot cannot be read keeps the one that it has, whose cut the coverage tells, and
 * a warning is logged. Look more often than a store keeps what was replaced, or the speed store may have
 * forgotten meanwhile what the old snapshot lacks; the coverage would say so.
 */
public final class SnapshotFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFollower.class);
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(1);

    private final BatchViewStore store;
    private final List<Followed> views;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "tributary-snapshots");
        thread.setDaemon(true);
        return thread;
    });

    private SnapshotFollower(Collection<? extends LambdaView<?>> views, BatchViewStore store) {
        this.store = store;
        this.views = views.stream().<Followed>map(Followed::new).toList();
    }

    /**
     * Moves the views to the newest snapshots, and goes on to look for newer ones.
     *
     * @param interval how long to wait before looking again, a millisecond to a day
     * @throws IOException when a snapshot cannot be read
     * @throws IllegalStateException when one is of another definition of its view
     */
    public static SnapshotFollower start(
            Collection<? extends LambdaView<?>> views, BatchViewStore store, Duration interval) throws IOException {
        if (interval.compareTo(SHORTEST_INTERVAL) < 0 || interval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new IllegalArgumentException(
                    "Invalid interval: %s (must be %s to %s)".formatted(interval, SHORTEST_INTERVAL, LONGEST_INTERVAL));
        }
        SnapshotFollower follower = new SnapshotFollower(views, store);
        for (Followed view : follower.views) {
            view.catchUp();
        }
        var unused = follower.looking.scheduleWithFixedDelay(
                follower::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return follower;
    }

    private void look() {
        views.forEach(Followed::tryToCatchUp);
    }

    private final class Followed {
        private final LambdaView<?> view;
        private long epoch;
        private @Nullable String told;

        private Followed(LambdaView<?> view) {
            this.view = view;
        }

        private void catchUp() throws IOException {
            long newest = store.epoch(view.view());
            if (newest == epoch) {
                return;
            }
            Optional<BatchViewSnapshot> snapshot = store.newest(view.view());
            if (snapshot.isPresent()) {
                view.publish(snapshot.get().batch());
            }
            epoch = newest;
        }

        private void tryToCatchUp() {
            try {
                catchUp();
                told = null;
            } catch (IOException | RuntimeException | Error e) {
                String why = Objects.requireNonNullElse(e.getMessage(), e.toString());
                if (!why.equals(told)) {
                    LOG.warn("View {} stays at the cut {}: {}", view.view().name(), view.cut(), why);
                    told = why;
                }
            }
        }
    }

    /** Leaves the views at the snapshots that they have. */
    @Override
    public void close() {
        looking.shutdownNow();
    }
}
