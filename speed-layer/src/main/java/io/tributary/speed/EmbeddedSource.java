package io.tributary.speed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/** The source of an {@link EmbeddedFeed}: readers take from the feed itself, so there are no splits. */
final class EmbeddedSource<T> implements Source<T, EmbeddedSource.NoSplit, EmbeddedSource.NoState> {
    private static final long serialVersionUID = 1L;

    private final UUID feed;

    EmbeddedSource(UUID feed) {
        this.feed = feed;
    }

    /** Never made. */
    record NoSplit() implements SourceSplit {
        @Override
        public String splitId() {
            return "none";
        }
    }

    /** There is nothing to remember. */
    record NoState() {}

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<T, NoSplit> createReader(SourceReaderContext context) {
        return new Reader<>(EmbeddedFeed.find(feed));
    }

    @Override
    public SplitEnumerator<NoSplit, NoState> createEnumerator(SplitEnumeratorContext<NoSplit> context) {
        return new Enumerator();
    }

    @Override
    public SplitEnumerator<NoSplit, NoState> restoreEnumerator(
            SplitEnumeratorContext<NoSplit> context, NoState checkpoint) {
        return new Enumerator();
    }

    @Override
    public SimpleVersionedSerializer<NoSplit> getSplitSerializer() {
        return new EmptySerializer<>(new NoSplit());
    }

    @Override
    public SimpleVersionedSerializer<NoState> getEnumeratorCheckpointSerializer() {
        return new EmptySerializer<>(new NoState());
    }

    private static final class Reader<T> implements SourceReader<T, NoSplit> {
        private final EmbeddedFeed<T> feed;
        private final Deque<T> taken = new ArrayDeque<>();

        private Reader(EmbeddedFeed<T> feed) {
            this.feed = feed;
        }

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<T> output) {
            if (taken.isEmpty()) {
                // Finished is asked first: what is put before the end is then still found.
                boolean finished = feed.isFinished();
                List<T> batch = feed.poll();
                if (batch == null) {
                    return finished ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
                }
                taken.addAll(batch);
            }
            output.collect(taken.remove());
            return InputStatus.MORE_AVAILABLE;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return taken.isEmpty() ? feed.available() : CompletableFuture.completedFuture(null);
        }

        @Override
        public List<NoSplit> snapshotState(long checkpointId) {
            return List.of();
        }

        @Override
        public void addSplits(List<NoSplit> splits) {}

        @Override
        public void notifyNoMoreSplits() {}

        @Override
        public void close() {}
    }

    private static final class Enumerator implements SplitEnumerator<NoSplit, NoState> {
        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, @Nullable String host) {}

        @Override
        public void addSplitsBack(List<NoSplit> splits, int subtask) {}

        @Override
        public void addReader(int subtask) {}

        @Override
        public NoState snapshotState(long checkpointId) {
            return new NoState();
        }

        @Override
        public void close() {}
    }

    private record EmptySerializer<E>(E value) implements SimpleVersionedSerializer<E> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(E element) {
            return new byte[0];
        }

        @Override
        public E deserialize(int version, byte[] bytes) {
            return value;
        }
    }
}
