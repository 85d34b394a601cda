package io.tributary.serving;

import io.tributary.view.IngestSlice;
import io.tributary.view.SpeedStore;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.time.Instant;
import java.util.Collection;

/** A right store, of which tests change something. */
public class WrappedSpeedStore implements SpeedStore {
    protected final SpeedStore store;

    public WrappedSpeedStore(SpeedStore store) {
        this.store = store;
    }

    @Override
    public Writer writer(View<?> view, WriterId id, Start start) {
        return store.writer(view, id, start);
    }

    @Override
    public Contents read(View<?> view, Instant cut, TimeRange range, State state) {
        return store.read(view, cut, range, state);
    }

    @Override
    public void forget(View<?> view, Instant before) {
        store.forget(view, before);
    }

    @Override
    public void close() {
        store.close();
    }

    /** A right writer, of which tests change something. */
    public static class WrappedWriter implements Writer {
        protected final Writer writer;

        public WrappedWriter(Writer writer) {
            this.writer = writer;
        }

        @Override
        public long generation() {
            return writer.generation();
        }

        @Override
        public void put(Collection<IngestSlice> slices) {
            writer.put(slices);
        }

        @Override
        public void prepare(long checkpoint) {
            writer.prepare(checkpoint);
        }

        @Override
        public void commit(long checkpoint) {
            writer.commit(checkpoint);
        }
    }
}
