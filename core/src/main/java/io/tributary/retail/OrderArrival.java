package io.tributary.retail;

import java.time.Instant;

/**
 * An order line on its arrival in the pipeline.
 *
 * @param eventTime when it arrived: the ingest time, which is assigned here once and for all
 */
public record OrderArrival(TransactionOrder order, Instant eventTime) {}
