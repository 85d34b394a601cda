package io.tributary.retail;

import io.tributary.enrich.Enricher;
import io.tributary.enrich.Lookup;
import io.tributary.enrich.OnUnknownKey;
import io.tributary.schema.Column;

/** Joins order lines with their products, as they go onto the stream. */
public final class OrderEnrichment {
    private static final Column<OrderArrival, String> PRODUCT_CD = Column.text(
            TransactionOrder.PRODUCT_CD.name(), arrival -> arrival.order().productCode());

    private OrderEnrichment() {}

    /** Rejects lines whose product the catalogue does not know. */
    public static Enricher<OrderArrival, Product, EnrichedOrder> with(Lookup<String, Product> catalogue) {
        return Enricher.of(
                catalogue,
                PRODUCT_CD,
                (arrival, product) -> EnrichedOrder.of(arrival.order(), product, arrival.eventTime()));
    }

    /** Keeps them instead, without a product. */
    public static OnUnknownKey<OrderArrival, EnrichedOrder> keepWithoutProduct() {
        return OnUnknownKey.keep(arrival -> EnrichedOrder.withoutProduct(arrival.order(), arrival.eventTime()));
    }
}
