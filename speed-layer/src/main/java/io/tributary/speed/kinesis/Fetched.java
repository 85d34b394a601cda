package io.tributary.speed.kinesis;

/** What a fetch brings of a shard. */
sealed interface Fetched {

    record Data(KinesisRecord record) implements Fetched {}

    /** Comes after the last record of a shard. */
    record End(String shardId) implements Fetched {}
}
