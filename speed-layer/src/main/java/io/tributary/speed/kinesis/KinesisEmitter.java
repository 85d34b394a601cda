package io.tributary.speed.kinesis;

import java.io.IOException;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.util.Collector;

/** Decodes a record, emits what comes of it at its arrival time, and then counts it as read. */
final class KinesisEmitter<T> implements RecordEmitter<KinesisRecord, T, EmittedSplit> {
    private final KinesisDecoder<T> decoder;

    KinesisEmitter(KinesisDecoder<T> decoder) {
        this.decoder = decoder;
    }

    @Override
    public void emitRecord(KinesisRecord record, SourceOutput<T> output, EmittedSplit split) throws IOException {
        long arrival = record.arrival().toEpochMilli();
        decoder.decode(record, new Collector<>() {
            @Override
            public void collect(T value) {
                output.collect(value, arrival);
            }

            @Override
            public void close() {}
        });
        split.emitted(record);
    }
}
