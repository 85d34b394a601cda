package io.tributary.examples.data;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.TransactionOrder;
import java.time.Instant;

/**
 * An order line on its way into the pipeline.
 *
 * @param eventTime when it was sent, to the microsecond: the ingest time
 */
public record SentOrder(TransactionOrder order, Instant eventTime) {
    /** The line with its product from the catalogue, or without when the catalogue lacks it. */
    public EnrichedOrder enrichedFrom(Catalogue catalogue) {
        return catalogue
                .find(order.productCode())
                .map(product -> EnrichedOrder.of(order, product, eventTime))
                .orElseGet(() -> EnrichedOrder.withoutProduct(order, eventTime));
    }
}
