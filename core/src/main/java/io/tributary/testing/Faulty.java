package io.tributary.testing;

import io.tributary.enrich.Lookup;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.BatchViewStore;
import io.tributary.view.IngestSlice;
import io.tributary.view.SpeedStore;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes lookups and stores fail: each of their calls meets the next of some {@link Faults}. Closing never fails. What is
 * not at fault is as it was, so without faults whatever keeps a contract still keeps it.
 */
public final class Faulty {
    private Faulty() {}

    /** A lookup whose every way of asking may fail. */
    public static <K, V> Lookup<K, V> lookup(Lookup<K, V> lookup, Faults faults) {
        return new FaultyLookup<>(lookup, faults);
    }

    /** A speed store that may fail to read and to forget, and whose writers may fail to open, put, prepare and commit. */
    public static SpeedStore store(SpeedStore store, Faults faults) {
        return new FaultySpeedStore(store, faults);
    }

    /** A store of batch views that may fail to read, to begin and to publish: with an {@link IOException}, as a store does. */
    public static BatchViewStore store(BatchViewStore store, Faults faults) {
        return new FaultyBatchViewStore(store, faults);
    }

    private static <T> T call(Faults faults, String call, Callable<T> effect) {
        try {
            return faults.call(call, effect);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Cannot %s: %s".formatted(call, e.getMessage()), e);
        }
    }

    private static void run(Faults faults, String call, Runnable effect) {
        boolean done = call(faults, call, () -> {
            effect.run();
            return true;
        });
        assert done;
    }

    private static <T> T callStore(Faults faults, String call, Callable<T> effect) throws IOException {
        try {
            return faults.call(call, effect);
        } catch (Faults.InjectedFaultException e) {
            throw new IOException(e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Cannot %s: %s".formatted(call, e.getMessage()), e);
        }
    }

    private record FaultyLookup<K, V>(Lookup<K, V> lookup, Faults faults) implements Lookup<K, V> {
        @Override
        public Optional<V> find(K key) {
            return call(faults, "find " + key, () -> lookup.find(key));
        }

        @Override
        public CompletionStage<Optional<V>> findAsync(K key) {
            try {
                return call(faults, "find " + key, () -> lookup.findAsync(key));
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        @Override
        public Map<K, V> findAll(Collection<? extends K> keys) {
            return call(faults, "find %d keys".formatted(keys.size()), () -> lookup.findAll(keys));
        }
    }

    private record FaultySpeedStore(SpeedStore store, Faults faults) implements SpeedStore {
        @Override
        public Writer writer(View<?> view, WriterId id, Start start) {
            return new FaultyWriter(call(faults, "open a writer", () -> store.writer(view, id, start)), faults);
        }

        @Override
        public Contents read(View<?> view, Instant cut, TimeRange range, State state) {
            return call(faults, "read slices", () -> store.read(view, cut, range, state));
        }

        @Override
        public void forget(View<?> view, Instant before) {
            run(faults, "forget partitions", () -> store.forget(view, before));
        }

        @Override
        public long retries() {
            return store.retries();
        }

        @Override
        public void close() {
            store.close();
        }
    }

    private record FaultyWriter(SpeedStore.Writer writer, Faults faults) implements SpeedStore.Writer {
        @Override
        public long generation() {
            return writer.generation();
        }

        @Override
        public void put(Collection<IngestSlice> slices) {
            run(faults, "put slices", () -> writer.put(slices));
        }

        @Override
        public void prepare(long checkpoint) {
            run(faults, "prepare checkpoint " + checkpoint, () -> writer.prepare(checkpoint));
        }

        @Override
        public void commit(long checkpoint) {
            run(faults, "commit checkpoint " + checkpoint, () -> writer.commit(checkpoint));
        }
    }

    private record FaultyBatchViewStore(BatchViewStore store, Faults faults) implements BatchViewStore {
        @Override
        public Optional<BatchViewSnapshot> newest(View<?> view) throws IOException {
            return callStore(faults, "read the newest snapshot", () -> store.newest(view));
        }

        @Override
        public long epoch(View<?> view) throws IOException {
            return callStore(faults, "read the epoch", () -> store.epoch(view));
        }

        @Override
        public Instant leastCut(View<?> view) throws IOException {
            return callStore(faults, "read the least cut", () -> store.leastCut(view));
        }

        @Override
        public Publication begin(View<?> view) throws IOException {
            return new FaultyPublication(callStore(faults, "begin a snapshot", () -> store.begin(view)), faults);
        }

        @Override
        public Publication beginAnew(View<?> view) throws IOException {
            return new FaultyPublication(
                    callStore(faults, "begin a snapshot anew", () -> store.beginAnew(view)), faults);
        }
    }

    private record FaultyPublication(BatchViewStore.Publication publication, Faults faults)
            implements BatchViewStore.Publication {
        @Override
        public Optional<BatchViewSnapshot> previous() throws IOException {
            return callStore(faults, "read the previous snapshot", publication::previous);
        }

        @Override
        public long publish(BatchViewSnapshot snapshot) throws IOException {
            return callStore(faults, "publish a snapshot", () -> publication.publish(snapshot));
        }
    }
}
