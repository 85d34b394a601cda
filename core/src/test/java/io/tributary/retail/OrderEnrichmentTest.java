package io.tributary.retail;

import static io.tributary.retail.RetailRecords.ENRICHED;
import static io.tributary.retail.RetailRecords.EVENT_TIME;
import static io.tributary.retail.RetailRecords.ORDER;
import static io.tributary.retail.RetailRecords.PRODUCT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.enrich.Enricher;
import io.tributary.enrich.EnrichmentTally;
import io.tributary.enrich.InMemoryLookup;
import io.tributary.schema.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderEnrichmentTest {
    private static final OrderArrival ARRIVAL = new OrderArrival(ORDER, EVENT_TIME);

    private static Enricher<OrderArrival, Product, EnrichedOrder> enrichment(Product... catalogue) {
        return OrderEnrichment.with(InMemoryLookup.of(List.of(catalogue), Product::productCode));
    }

    @Test
    void joinsAnOrderWithItsProductAndItsArrival() {
        assertThat(enrichment(PRODUCT).enrich(ARRIVAL)).isEqualTo(Outcome.accepted(ENRICHED));
    }

    @Test
    void rejectsAnOrderOfAnUnknownProduct() {
        assertThat(enrichment().enrich(ARRIVAL)).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.rejection()).hasToString("product_cd: 8801234567890: is not in the dimension");
            assertThat(rejected.input()).contains("8801234567890", "0042", EVENT_TIME.toString());
        });
    }

    @Test
    void keepsAnOrderOfAnUnknownProductWhenToldSo() {
        Enricher<OrderArrival, Product, EnrichedOrder> keeping =
                enrichment().onUnknownKey(OrderEnrichment.keepWithoutProduct());
        assertThat(keeping.enrich(ARRIVAL))
                .isEqualTo(Outcome.accepted(EnrichedOrder.withoutProduct(ORDER, EVENT_TIME)));
        assertThat(keeping.tally()).isEqualTo(new EnrichmentTally(0, 1, 0));
    }
}
