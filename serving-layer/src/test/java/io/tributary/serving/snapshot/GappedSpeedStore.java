package io.tributary.serving.snapshot;

import io.tributary.serving.WrappedSpeedStore;
import io.tributary.view.SpeedStore;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.time.Instant;

/** A speed store with a gap between a reader's look at the batch view and its look at the store. */
final class GappedSpeedStore extends WrappedSpeedStore {
    private final HandOver handOver;
    private final boolean hidesHoles;

    GappedSpeedStore(SpeedStore store, HandOver handOver, boolean hidesHoles) {
        super(store);
        this.handOver = handOver;
        this.hidesHoles = hidesHoles;
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
}
