package io.tributary.speed.kinesis;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** How far a shard was emitted, which lags behind how far it was fetched. */
final class EmittedSplit {
    private final KinesisSplit origin;
    private @Nullable BigInteger after;
    private boolean finished;

    EmittedSplit(KinesisSplit origin) {
        this.origin = origin;
        this.after = origin.after();
        this.finished = origin.finished();
    }

    void emitted(KinesisRecord record) {
        after = record.sequenceNumber();
    }

    void finish() {
        finished = true;
    }

    KinesisSplit split() {
        return new KinesisSplit(origin.shardId(), origin.start(), after, finished);
    }
}
