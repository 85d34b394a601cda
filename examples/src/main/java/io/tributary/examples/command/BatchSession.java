package io.tributary.examples.command;

import io.tributary.batch.BatchViews;
import io.tributary.batch.lake.Lake;
import io.tributary.partition.Partition;
import io.tributary.retail.EnrichedOrder;
import io.tributary.serving.snapshot.SnapshotStore;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A lake, what builds views of it and where they go.
 *
 * @param registration for an engine that has to know partitions
 * @param scannedBytes what the engine has read so far, when it is one that bills for it
 */
record BatchSession(
        Lake<EnrichedOrder> lake,
        BatchViews<EnrichedOrder> views,
        SnapshotStore store,
        Registration registration,
        LongSupplier scannedBytes) {

    /** Makes partitions known to an engine. */
    interface Registration {
        /** Takes the partitions between two instants. */
        void of(Collection<Partition> partitions, Instant from, Instant cut) throws IOException;
    }

    /** The given cut, or the newest. */
    Instant cut(@Nullable Instant given) throws IOException {
        return given != null
                ? given
                : views.newestCut()
                        .orElseThrow(() -> new IOException(
                                "Cannot build views of %s: no partition is sealed there yet".formatted(lake)));
    }

    /** Makes the partitions known that are read between two cuts. */
    void register(Instant from, Instant cut) throws IOException {
        registration.of(views.partitions(from, cut), from, cut);
    }
}
