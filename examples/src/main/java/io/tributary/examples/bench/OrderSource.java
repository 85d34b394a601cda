package io.tributary.examples.bench;

import io.tributary.retail.EnrichedOrder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
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

/** The orders of a plan, dealt to the readers in turn, so that all are at the same event time; there are no splits. */
final class OrderSource implements Source<EnrichedOrder, OrderSource.None, OrderSource.None> {
    private static final long serialVersionUID = 1L;

    /** Those of the process's only plan, for all readers. */
    private static final Map<JobPlan, EnrichedOrder[]> AHEAD = new ConcurrentHashMap<>();

    private final JobPlan plan;

    OrderSource(JobPlan plan) {
        this.plan = plan;
    }

    /** Never made. */
    record None() implements SourceSplit {
        @Override
        public String splitId() {
            return "none";
        }
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<EnrichedOrder, None> createReader(SourceReaderContext context) {
        return new Reader(plan, context.getIndexOfSubtask());
    }

    @Override
    public SplitEnumerator<None, None> createEnumerator(SplitEnumeratorContext<None> context) {
        return new Enumerator();
    }

    @Override
    public SplitEnumerator<None, None> restoreEnumerator(SplitEnumeratorContext<None> context, None checkpoint) {
        return new Enumerator();
    }

    @Override
    public SimpleVersionedSerializer<None> getSplitSerializer() {
        return new NoneSerializer();
    }

    @Override
    public SimpleVersionedSerializer<None> getEnumeratorCheckpointSerializer() {
        return new NoneSerializer();
    }

    private static LongFunction<EnrichedOrder> ordersOf(JobPlan plan) {
        OrderTemplates templates = new OrderTemplates(plan);
        if (!plan.ahead()) {
            return templates::order;
        }
        EnrichedOrder[] orders = AHEAD.computeIfAbsent(plan, key -> templates.all());
        return number -> orders[(int) number];
    }

    private static final class Reader implements SourceReader<EnrichedOrder, None> {
        private final JobPlan plan;
        private final LongFunction<EnrichedOrder> orders;
        private long next;
        private boolean started;
        private boolean ranOut;

        private Reader(JobPlan plan, int index) {
            this.plan = plan;
            this.orders = ordersOf(plan);
            this.next = index;
        }

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<EnrichedOrder> output) throws InterruptedException {
            if (next < plan.orders()) {
                EnrichedOrder order = orders.apply(next);
                next += JobPlan.PARALLELISM;
                if (!started) {
                    started = true;
                    Pace.ready();
                }
                output.collect(order);
                return InputStatus.MORE_AVAILABLE;
            }
            if (!ranOut) {
                ranOut = true;
                Pace.ranOut(plan.untilKept());
            }
            return Pace.end().isDone() ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return ranOut ? Pace.end() : CompletableFuture.completedFuture(null);
        }

        @Override
        public List<None> snapshotState(long checkpointId) {
            if (ranOut) {
                Pace.keeps(checkpointId);
            }
            return List.of();
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            Pace.completed(checkpointId, plan.untilKept());
        }

        @Override
        public void addSplits(List<None> splits) {}

        @Override
        public void notifyNoMoreSplits() {}

        @Override
        public void close() {}
    }

    private static final class Enumerator implements SplitEnumerator<None, None> {
        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, @Nullable String host) {}

        @Override
        public void addSplitsBack(List<None> splits, int subtask) {}

        @Override
        public void addReader(int subtask) {}

        @Override
        public None snapshotState(long checkpointId) {
            return new None();
        }

        @Override
        public void close() {}
    }

    private static final class NoneSerializer implements SimpleVersionedSerializer<None> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(None none) {
            return new byte[0];
        }

        @Override
        public None deserialize(int version, byte[] bytes) {
            return new None();
        }
    }
}
