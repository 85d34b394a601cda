package io.tributary.speed.kinesis;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.util.Collector;

/** Decodes a record, emits what comes of it at its arrival time, and then counts it as read. */
final class KinesisEmitter<T> implements RecordEmitter<Fetched, T, EmittedSplit> {
    private final KinesisDecoder<T> decoder;
    private Set<String> ended = new TreeSet<>();

    KinesisEmitter(KinesisDecoder<T> decoder) {
        this.decoder = decoder;
    }

    @Override
    public void emitRecord(Fetched fetched, SourceOutput<T> output, EmittedSplit split) throws IOException {
        if (fetched instanceof Fetched.Data data) {
            decoder.decode(
                    data.record(), new Output<>(output, data.record().arrival().toEpochMilli()));
            split.emitted(data.record());
        } else if (fetched instanceof Fetched.End end) {
            split.finish();
            ended.add(end.shardId());
        }
    }

    /** The shards that have come to their end since the last call. */
    Set<String> takeEnded() {
        if (ended.isEmpty()) {
            return Set.of();
        }
        Set<String> taken = ended;
        ended = new TreeSet<>();
        return taken;
    }

    private record Output<T>(SourceOutput<T> output, long arrival) implements Collector<T> {
        @Override
        public void collect(T value) {
            output.collect(value, arrival);
        }

        @Override
        public void close() {}
    }
}
