package io.tributary.speed;

import io.tributary.view.IngestSlice;
import io.tributary.view.SliceKey;
import io.tributary.view.SpeedStore;
import io.tributary.view.SpeedStore.WriterId;
import io.tributary.view.View;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Puts slices into a speed store, in batches of which each holds a slice once. */
final class SpeedStoreSink implements Sink<IngestSlice> {
    private static final long serialVersionUID = 1L;

    private final View<?> view;
    private final SpeedStore.Factory factory;
    private final SpeedOptions options;

    SpeedStoreSink(View<?> view, SpeedStore.Factory factory, SpeedOptions options) {
        this.view = view;
        this.factory = factory;
        this.options = options;
    }

    @Override
    public SinkWriter<IngestSlice> createWriter(WriterInitContext context) {
        TaskInfo task = context.getTaskInfo();
        WriterId id = new WriterId(task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks());
        return new Writer(context.getProcessingTimeService(), id);
    }

    private record Address(Instant partition, SliceKey key) {}

    private final class Writer implements SinkWriter<IngestSlice> {
        private final FlushTimer timer;
        private final SpeedStore store;
        private final SpeedStore.Writer slices;
        private final Map<Address, IngestSlice> batch = new LinkedHashMap<>();

        Writer(ProcessingTimeService time, WriterId id) {
            this.timer = new FlushTimer(time, options.flushInterval(), () -> flush(false));
            this.store = factory.open();
            this.slices = store.writer(view, id);
        }

        @Override
        public void write(IngestSlice slice, Context context) {
            batch.put(new Address(slice.partition(), slice.slice().key()), slice);
            if (batch.size() >= options.maxPartials()) {
                flush(false);
            } else {
                timer.arm();
            }
        }

        @Override
        public void flush(boolean endOfInput) {
            if (batch.isEmpty()) {
                return;
            }
            try {
                slices.put(List.copyOf(batch.values()));
            } catch (RuntimeException e) {
                throw new IllegalStateException(
                        "Cannot put %d slices of view %s into the speed store: %s"
                                .formatted(batch.size(), view.name(), e.getMessage()),
                        e);
            }
            batch.clear();
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
