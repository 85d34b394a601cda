package io.tributary.serving.http;

import io.tributary.serving.WrappedSpeedStore;
import io.tributary.view.SpeedStore;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** A speed store whose reads meet some trouble. */
final class TroubledStore extends WrappedSpeedStore {
    private final BiConsumer<View<?>, Integer> trouble;
    private final AtomicInteger reads = new AtomicInteger();

    /** @param trouble what happens before a read, by its view and its number from 1 */
    TroubledStore(SpeedStore store, BiConsumer<View<?>, Integer> trouble) {
        super(store);
        this.trouble = trouble;
    }

    @Override
    public Contents read(View<?> view, Instant cut, TimeRange range, State state) {
        trouble.accept(view, reads.incrementAndGet());
        return store.read(view, cut, range, state);
    }
}
