package io.tributary.examples.data;

import io.tributary.retail.TransactionOrder;
import java.time.Instant;

/**
 * An order line on its way into the pipeline.
 *
 * @param eventTime when it was sent, to the microsecond: the ingest time
 */
public record SentOrder(TransactionOrder order, Instant eventTime) {}
