package io.tributary.speed.kinesis;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * A record as Kinesis gave it. Within a shard sequence numbers grow; across shards they mean nothing.
 *
 * @param data as it was put; not copied
 * @param sequenceNumber up to 56 digits
 * @param arrival when Kinesis took it, approximately
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are handed on, and never compared
public record KinesisRecord(
        byte[] data, String partitionKey, String shardId, BigInteger sequenceNumber, Instant arrival) {

    /** The Flink type: without Kryo. */
    public static TypeInformation<KinesisRecord> type() {
        return Types.POJO(
                KinesisRecord.class,
                Map.of(
                        "data", Types.PRIMITIVE_ARRAY(Types.BYTE),
                        "partitionKey", Types.STRING,
                        "shardId", Types.STRING,
                        "sequenceNumber", Types.BIG_INT,
                        "arrival", Types.INSTANT));
    }
}
