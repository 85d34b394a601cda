package io.tributary.retail;

import io.tributary.partition.ErrorPrefix;
import io.tributary.partition.PartitionLayout;

/** Where orders lie in a lake: as the workshop's delivery stream puts them, by the hour of ingest in UTC. */
public final class RetailLake {
    /** Of the orders' partitions, in Firehose's prefix grammar. */
    public static final String TEMPLATE =
            "data/stream_data/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/";

    public static final PartitionLayout LAYOUT = PartitionLayout.parse(TEMPLATE);

    /** Of what was sent and is no order. */
    public static final ErrorPrefix REJECTS = ErrorPrefix.parse(
            "data/stream_error_data/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/!{firehose:error-output-type}/");

    private RetailLake() {}
}
