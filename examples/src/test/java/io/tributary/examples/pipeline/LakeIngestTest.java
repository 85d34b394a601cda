package io.tributary.examples.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.tributary.batch.lake.LakeContents;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.lake.WriterOptions;
import io.tributary.enrich.InMemoryLookup;
import io.tributary.enrich.Lookup;
import io.tributary.examples.data.Catalogue;
import io.tributary.examples.data.OrderGenerator;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.Product;
import io.tributary.retail.RetailLake;
import io.tributary.retail.TransactionOrder;
import io.tributary.schema.Outcome;
import io.tributary.schema.Rejection;
import io.tributary.schema.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves to the next one. */
class LakeIngestTest {
    private static final Instant EARLIER = Instant.parse("2026-01-01T09:00:00Z");
    private static final Instant FIRST = Instant.parse("2026-01-01T10:30:00Z");
    private static final Instant SECOND = Instant.parse("2026-01-01T11:05:00Z");
    private static final Instant CUT = Instant.parse("2026-01-01T12:00:00Z");
    private static final int ORDERS = 5;

    @TempDir
    private Path root;

    private final List<TransactionOrder> orders = new ArrayList<>();
    private final List<Product> products = new ArrayList<>();

    @BeforeEach
    void makeOrders() {
        OrderGenerator generator = OrderGenerator.of(Catalogue.of(1), 1, ORDERS);
        generator.orders().forEachRemaining(orders::add);
        orders.forEach(order ->
                products.add(generator.catalogue().find(order.productCode()).orElseThrow()));
    }

    private LakeIngest begin(Instant now) throws IOException {
        Lookup<String, Product> catalogue = InMemoryLookup.of(products, Product::productCode);
        WriterOptions options = WriterOptions.defaults().withMaxBytes(1);
        return LakeIngest.into(root, options, catalogue, InstantSource.fixed(now));
    }

    private void ingest(LakeIngest ingest) throws IOException {
        for (TransactionOrder order : orders) {
            ingest.accept(order);
        }
        ingest.reject(new Outcome.Rejected<>(new Rejection(6, null, null, "is torn"), "torn"));
    }

    private LakeContents contents() throws IOException {
        return LocalLake.at(root, RetailLake.LAYOUT, EnrichedOrder.SCHEMA).contents(CUT);
    }

    private List<Path> files(String directory) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve(directory))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void aRunThatFailsLeavesNothingToOneInALaterHour() throws IOException {
        try (LakeIngest ingest = begin(EARLIER)) {
            ingest.seal();
        }
        try (LakeIngest ingest = begin(FIRST)) {
            ingest(ingest);
            assertThat(files("data/stream_error_data")).isNotEmpty();
        }
        assertThat(root.resolve("data/stream_error_data")).doesNotExist();
        try (LakeIngest ingest = begin(SECOND)) {
            ingest(ingest);
            ingest.seal();
        }
        assertThat(contents().holes()).isEmpty();
        assertThat(contents().records()).isEqualTo(ORDERS);
        assertThat(files("data/stream_error_data"))
                .singleElement()
                .satisfies(file -> assertThat(file).content().hasLineCount(1));
    }

    @Test
    void anOrderThatIsTooLongStopsNoOthers() throws IOException {
        TransactionOrder first = orders.get(0);
        orders.add(
                1,
                new TransactionOrder(
                        first.date(),
                        first.hour(),
                        first.storeCode(),
                        "x".repeat(2 << 20),
                        first.posNumber(),
                        first.receiptNumber(),
                        first.productCode(),
                        first.quantity(),
                        first.amount(),
                        first.dateTime()));

        try (LakeIngest ingest = begin(FIRST)) {
            ingest(ingest);
            assertThat(ingest.seal()).isEqualTo(new Tally(ORDERS, 2));
        }

        assertThat(contents().records()).isEqualTo(ORDERS);
        assertThat(files("data/stream_error_data")).hasSize(2);
    }

    @Test
    void filesThatSomebodyLeftAreNotSealed() throws IOException {
        Path partition = root.resolve(RetailLake.LAYOUT.partitionOf(FIRST).path());
        Files.writeString(Files.createDirectories(partition).resolve("part-0.json"), "{}\n");

        assertThatIOException()
                .isThrownBy(() -> begin(FIRST))
                .withMessageStartingWith(
                        "Cannot ingest into %s: it has files and no seal (delete them if an ingest", partition);
    }
}
