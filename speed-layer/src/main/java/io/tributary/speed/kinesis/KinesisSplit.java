package io.tributary.speed.kinesis;

import java.math.BigInteger;
import org.apache.flink.api.connector.source.SourceSplit;
import org.jspecify.annotations.Nullable;

/**
 * A shard and how far it was read.
 *
 * @param start where it began, as long as no record was emitted
 * @param after the last record that was emitted
 * @param finished read to its end, which the enumerator may not know yet
 */
record KinesisSplit(
        String shardId, StartPosition start, @Nullable BigInteger after, boolean finished) implements SourceSplit {
    KinesisSplit {
        if (start instanceof StartPosition.Latest) {
            throw new IllegalArgumentException(
                    "Invalid start of %s: latest (must be fixed, or a restart skips records)".formatted(shardId));
        }
    }

    static KinesisSplit unread(String shardId, StartPosition start) {
        return new KinesisSplit(shardId, start, null, false);
    }

    @Override
    public String splitId() {
        return shardId;
    }
}
