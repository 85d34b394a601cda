package io.tributary.examples.command;

import io.tributary.batch.BatchViews;
import io.tributary.batch.lake.ListedLake;
import io.tributary.retail.EnrichedOrder;
import io.tributary.serving.snapshot.SnapshotStore;
import java.io.IOException;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A lake, what builds views of it and where they go.
 *
 * @param registration of what is read between two cuts
 * @param scannedBytes what the engine has read so far, when it is one that bills for it
 */
record BatchSession(
        ListedLake<EnrichedOrder> lake,
        BatchViews<EnrichedOrder> views,
        SnapshotStore store,
        Registration registration,
        LongSupplier scannedBytes) {

    /** The given cut, or the newest. */
    Instant cut(@Nullable Instant given) throws IOException {
        return given != null
                ? given
                : views.newestCut()
                        .orElseThrow(() -> new IOException(
                                "Cannot build views of %s: no partition is sealed there yet".formatted(lake)));
    }
}
