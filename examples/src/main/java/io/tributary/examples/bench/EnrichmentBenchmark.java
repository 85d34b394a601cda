package io.tributary.examples.bench;

import io.tributary.aws.DynamoItems;
import io.tributary.aws.DynamoTable;
import io.tributary.aws.DynamoWriter;
import io.tributary.aws.testing.NodeEmulator;
import io.tributary.enrich.CacheOptions;
import io.tributary.enrich.CachedLookup;
import io.tributary.enrich.Enricher;
import io.tributary.enrich.Lookup;
import io.tributary.examples.data.Catalogue;
import io.tributary.examples.data.OrderGenerator;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.OrderArrival;
import io.tributary.retail.OrderEnrichment;
import io.tributary.retail.Product;
import io.tributary.retail.TransactionOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Orders joined with their products from a table of DynamoDB, through the cache and without it. */
final class EnrichmentBenchmark implements Benchmark {
    private static final double TARGET = 100;
    private static final int TOGETHER = 500;

    @Override
    public String name() {
        return "enrichment";
    }

    @Override
    public String summary() {
        return "orders joined with their products through the cache, against one query of DynamoDB an order (dynalite)";
    }

    @Override
    public void run(Scale scale, Consumer<Line> lines) throws Exception {
        Catalogue catalogue = Catalogue.of(1);
        List<OrderArrival> orders = orders(catalogue, (int) scale.of(20_000, 1_000_000));
        List<OrderArrival> some = orders.subList(0, (int) scale.of(200, 2_000));
        List<EnrichedOrder> expected = some.stream()
                .map(order -> EnrichedOrder.of(
                        order.order(),
                        catalogue.find(order.order().productCode()).orElseThrow(),
                        order.eventTime()))
                .toList();
        try (NodeEmulator emulator = NodeEmulator.dynamoDb();
                DynamoDbAsyncClient client = EmulatedAws.dynamoDb(emulator)) {
            DynamoTable<Product> table =
                    DynamoTable.of(client, "products_info", DynamoItems.of(Product.SCHEMA, Product.PRODUCT_CD));
            table.createIfMissing();
            try (DynamoWriter<Product> writer = table.writer()) {
                catalogue.products().forEach(writer::write);
            }
            check(OrderEnrichment.with(table.lookup()), some, expected);
            check(OrderEnrichment.with(cached(table)), some, expected);
            for (int together : List.of(TOGETHER, 1)) {
                new Rates(
                                "enrichment, %d together, the cache empty at first".formatted(together),
                                "orders",
                                () -> Rates.of(
                                        orders.size(),
                                        () -> enrich(OrderEnrichment.with(cached(table)), orders, together)),
                                List.of(new Rates.Rival(
                                        "one query an order",
                                        TARGET,
                                        () -> Rates.of(
                                                some.size(),
                                                () -> enrich(OrderEnrichment.with(table.lookup()), some, 1)))))
                        .run(scale)
                        .forEach(lines);
            }
        }
    }

    private static List<OrderArrival> orders(Catalogue catalogue, int count) {
        List<OrderArrival> orders = new ArrayList<>(count);
        Iterator<TransactionOrder> generated =
                OrderGenerator.of(catalogue, 1, count).orders();
        generated.forEachRemaining(order -> orders.add(new OrderArrival(order, OrderGenerator.START)));
        return orders;
    }

    private static Lookup<String, Product> cached(DynamoTable<Product> table) {
        return CachedLookup.of(table.lookup(), CacheOptions.defaults());
    }

    private static void check(
            Enricher<OrderArrival, Product, EnrichedOrder> enricher,
            List<OrderArrival> orders,
            List<EnrichedOrder> expected) {
        List<EnrichedOrder> joined = enricher.enrichAll(orders).stream()
                .map(outcome -> outcome.orElseThrow())
                .toList();
        if (!joined.equals(expected)) {
            throw new IllegalStateException("Cannot compare enrichments: the joined orders differ");
        }
    }

    private static void enrich(
            Enricher<OrderArrival, Product, EnrichedOrder> enricher, List<OrderArrival> orders, int together) {
        if (together == 1) {
            orders.forEach(order -> enricher.enrich(order).orElseThrow());
            return;
        }
        for (int i = 0; i < orders.size(); i += together) {
            enricher.enrichAll(orders.subList(i, Math.min(orders.size(), i + together)))
                    .forEach(outcome -> outcome.orElseThrow());
        }
    }
}
