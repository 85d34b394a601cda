package io.tributary.speed.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;

/** The numbers of a {@link TestStream}. */
record NumberDecoder() implements KinesisDecoder<Integer> {
    static int number(KinesisRecord record) {
        return Integer.parseInt(new String(record.data(), UTF_8));
    }

    @Override
    public void decode(KinesisRecord record, Collector<Integer> out) {
        out.collect(number(record));
    }

    @Override
    public TypeInformation<Integer> type() {
        return Types.INT;
    }
}
