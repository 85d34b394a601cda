package io.tributary.speed.kinesis;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;

/** Hands records on as they are. */
record WholeRecord() implements KinesisDecoder<KinesisRecord> {
    @Override
    public void decode(KinesisRecord record, Collector<KinesisRecord> out) {
        out.collect(record);
    }

    @Override
    public TypeInformation<KinesisRecord> type() {
        return KinesisRecord.type();
    }
}
