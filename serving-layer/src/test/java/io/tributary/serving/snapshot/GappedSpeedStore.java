package io.tributary.serving.snapshot;

import io.tributary.view.SpeedStore;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.time.Instant;

/** A speed store with a gap between a reader's look at the batch view and its look at the store. */
record GappedSpeedStore(SpeedStore store, HandOver handOver, boolean hidesHoles) implements SpeedStore {
    @Override
    public Writer writer(View<?> view, WriterId id, Start start) {
        return store.writer(view, id, start);
    }

    @Override
    public Contents read(View<?> view, Instant cut, TimeRange range, State state) {
        handOver.gap("reader before the speed store");
        Contents contents = store.read(view, cut, range, state);
        return hidesHoles
                ? new Contents(
                        contents.slices(), contents.newest(), Instant.MIN, contents.commit(), contents.provisional())
                : contents;
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
