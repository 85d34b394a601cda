package io.tributary.speed.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.speed.kinesis.TrackedShard.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.junit.jupiter.api.Test;

class KinesisEnumeratorTest {
    private static final StartPosition START = StartPosition.trimHorizon();

    private final TwoReaders readers = new TwoReaders();

    @Test
    void waitsForEveryReaderAfterAFailureToo() {
        KinesisEnumerator enumerator = enumerator(waiting("a"), waiting("b"));
        enumerator.handleSourceEvent(0, new ShardsHeld(Set.of()));
        assertThat(readers.takeGiven()).isEmpty();
        enumerator.handleSourceEvent(1, new ShardsHeld(Set.of()));
        assertThat(readers.takeGiven()).containsExactly("0 a", "1 b");

        enumerator.addSplitsBack(List.of(split("a")), 0);
        enumerator.addSplitsBack(List.of(split("b")), 1);
        enumerator.handleSourceEvent(0, new ShardsHeld(Set.of()));
        assertThat(readers.takeGiven()).isEmpty();
        enumerator.handleSourceEvent(1, new ShardsHeld(Set.of()));
        assertThat(readers.takeGiven()).containsExactly("0 a", "1 b");
    }

    @Test
    void givesNoChildWhileItsParentIsReadAgain() {
        KinesisEnumerator enumerator = enumerator(
                new TrackedShard("a", List.of(), START, Status.ASSIGNED),
                new TrackedShard("c", List.of("a"), START, Status.WAITING));
        enumerator.handleSourceEvent(0, new ShardsHeld(Set.of("a")));
        enumerator.handleSourceEvent(1, new ShardsHeld(Set.of()));
        enumerator.handleSourceEvent(0, new ShardsFinished(Set.of("a")));
        assertThat(readers.takeGiven()).containsExactly("0 c");

        enumerator.addSplitsBack(List.of(split("c")), 0);
        enumerator.addSplitsBack(List.of(), 1);
        enumerator.handleSourceEvent(1, new ShardsHeld(Set.of()));
        enumerator.handleSourceEvent(0, new ShardsHeld(Set.of("a")));
        assertThat(readers.takeGiven()).isEmpty();
        enumerator.handleSourceEvent(0, new ShardsFinished(Set.of("a")));
        assertThat(readers.takeGiven()).containsExactly("0 c");
    }

    @Test
    void doesNotWaitForAReaderThatDidNotFail() {
        KinesisEnumerator enumerator = enumerator(waiting("a"), waiting("b"));
        enumerator.handleSourceEvent(0, new ShardsHeld(Set.of()));
        enumerator.handleSourceEvent(1, new ShardsHeld(Set.of()));
        assertThat(readers.takeGiven()).containsExactly("0 a", "1 b");

        enumerator.addSplitsBack(List.of(split("b")), 1);
        enumerator.handleSourceEvent(1, new ShardsHeld(Set.of()));
        assertThat(readers.takeGiven()).containsExactly("1 b");
    }

    @Test
    void givesNothingToAReaderThatIsGone() {
        KinesisEnumerator enumerator = enumerator(waiting("a"), waiting("b"));
        enumerator.handleSourceEvent(0, new ShardsHeld(Set.of()));
        readers.registered.remove(0);
        enumerator.handleSourceEvent(1, new ShardsHeld(Set.of()));

        assertThat(readers.takeGiven()).isEmpty();
    }

    private KinesisEnumerator enumerator(TrackedShard... shards) {
        return new KinesisEnumerator(
                readers,
                new FakeKinesis(),
                "orders",
                Duration.ofSeconds(1),
                new ShardProgress(START, null, true, List.of(shards)));
    }

    private static TrackedShard waiting(String id) {
        return new TrackedShard(id, List.of(), START, Status.WAITING);
    }

    private static KinesisSplit split(String id) {
        return KinesisSplit.unread(id, START);
    }

    /** Two registered readers, and what they were given. */
    private static final class TwoReaders implements SplitEnumeratorContext<KinesisSplit> {
        final Map<Integer, ReaderInfo> registered =
                new TreeMap<>(Map.of(0, new ReaderInfo(0, "here"), 1, new ReaderInfo(1, "here")));
        private List<String> given = new ArrayList<>();

        List<String> takeGiven() {
            List<String> taken = given;
            given = new ArrayList<>();
            return taken;
        }

        @Override
        public int currentParallelism() {
            return 2;
        }

        @Override
        public Map<Integer, ReaderInfo> registeredReaders() {
            return registered;
        }

        @Override
        public void assignSplits(SplitsAssignment<KinesisSplit> splits) {
            new TreeMap<>(splits.assignment())
                    .forEach(
                            (reader, ofReader) -> ofReader.forEach(split -> given.add(reader + " " + split.shardId())));
        }

        @Override
        public void sendEventToSourceReader(int subtask, SourceEvent event) {}

        @Override
        public void signalNoMoreSplits(int subtask) {}

        @Override
        public SplitEnumeratorMetricGroup metricGroup() {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {}

        @Override
        public <T> void callAsync(
                Callable<T> callable, BiConsumer<T, Throwable> handler, long initialDelay, long period) {}

        @Override
        public void runInCoordinatorThread(Runnable runnable) {
            runnable.run();
        }
    }
}
