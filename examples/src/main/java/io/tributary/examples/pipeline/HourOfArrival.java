package io.tributary.examples.pipeline;

import io.tributary.partition.PartitionCursor;
import io.tributary.retail.EnrichedOrder;
import io.tributary.speed.SpeedView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The partition in which an order arrived, by its event time column. Each task has its own cursor. */
final class HourOfArrival implements SpeedView.PartitionOf<EnrichedOrder> {
    private static final long serialVersionUID = 1L;

    private transient @Nullable PartitionCursor partitions;

    @Override
    public Instant apply(EnrichedOrder order) {
        if (partitions == null) {
            partitions = EmbeddedPipeline.LAYOUT.cursor();
        }
        return partitions.partitionOf(order.eventTime()).start();
    }
}
