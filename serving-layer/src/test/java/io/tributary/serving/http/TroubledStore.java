package io.tributary.serving.http;

import io.tributary.view.SpeedStore;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** A speed store whose reads meet some trouble. */
final class TroubledStore implements SpeedStore {
    private final SpeedStore store;
    private final BiConsumer<View<?>, Integer> trouble;
    private final AtomicInteger reads = new AtomicInteger();

    /** @param trouble what happens before a read, by its view and its number from 1 */
    TroubledStore(SpeedStore store, BiConsumer<View<?>, Integer> trouble) {
        this.store = store;
        this.trouble = trouble;
    }

    @Override
    public Contents read(View<?> view, Instant cut, TimeRange range, State state) {
        trouble.accept(view, reads.incrementAndGet());
        return store.read(view, cut, range, state);
    }

    @Override
    public Writer writer(View<?> view, WriterId id, Start start) {
        return store.writer(view, id, start);
    }

    @Override
    public void forget(View<?> view, Instant before) {
        store.forget(view, before);
    }

    @Override
    public void close() {
        store.close();
    }
}
