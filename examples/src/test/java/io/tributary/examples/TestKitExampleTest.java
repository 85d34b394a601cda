package io.tributary.examples;

import static io.tributary.examples.ModuleExamples.HOURLY_SALES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.batch.query.DuckDbEngine;
import io.tributary.batch.testing.QueryEngineContract;
import io.tributary.enrich.InMemoryLookup;
import io.tributary.examples.data.Catalogue;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.Product;
import io.tributary.retail.RandomOrders;
import io.tributary.serving.InMemorySpeedStore;
import io.tributary.serving.LambdaView;
import io.tributary.serving.snapshot.SnapshotStore;
import io.tributary.testing.BatchViewStoreContract;
import io.tributary.testing.Contract;
import io.tributary.testing.Faults;
import io.tributary.testing.Faulty;
import io.tributary.testing.LookupContract;
import io.tributary.testing.MeasureLaws;
import io.tributary.testing.SpeedStoreContract;
import io.tributary.testing.ViewDriver;
import io.tributary.view.SpeedStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the modules' pages show under 'Testing your own', between the marks. */
class TestKitExampleTest {
    private final List<Product> products = Catalogue.of(1).products().subList(0, 300);
    private final List<EnrichedOrder> orders = new RandomOrders(5, 1).list(300);

    @TempDir
    private Path directory;

    // README
    @Test
    void aViewAnswersTheSameAtEveryCut() {
        MeasureLaws.check(HOURLY_SALES, orders);
    }

    @Test
    void aWindowIsGivenOnceAndThenIsClosed() {
        ViewDriver<EnrichedOrder> hours = ViewDriver.of(HOURLY_SALES);
        hours.sendAll(orders);
        assertThat(hours.end()).hasSizeGreaterThan(10);
        hours.send(orders.get(0));
        assertThat(hours.late()).containsExactly(orders.get(0));
    }

    /** Each promise of a contract becomes a test; without JUnit there is {@code contract.check()}. */
    @TestFactory
    Stream<DynamicTest> aLookupKeepsItsContract() {
        Map<String, Product> known =
                products.stream().collect(Collectors.toMap(Product::productCode, Function.identity()));
        Contract contract = LookupContract.of(
                () -> InMemoryLookup.of(products, Product::productCode), known, List.of("no-such-product"));
        return contract.promises().stream().map(promise -> DynamicTest.dynamicTest(promise.name(), promise::check));
    }
    // README

    // README
    @Test
    void anEngineKeepsItsContract() {
        try (DuckDbEngine engine = DuckDbEngine.start()) {
            QueryEngineContract.of(engine).check();
        }
    }
    // README

    // README
    @Test
    void storesKeepTheirContracts() {
        SpeedStoreContract.of(InMemorySpeedStore::create).check();
        BatchViewStoreContract.of(() -> SnapshotStore.inDirectory(Files.createTempDirectory(directory, "views")))
                .check();
    }

    @Test
    void aReaderIsToldThatAStoreFailsAndAnsweredWhenItDoesNot() {
        SpeedStore store = Faulty.store(InMemorySpeedStore.create(), Faults.script(Faults.Fault.FAIL_BEFORE));
        LambdaView<EnrichedOrder> sales = LambdaView.of(HOURLY_SALES, store);
        assertThatThrownBy(sales::read).isInstanceOf(Faults.InjectedFaultException.class);
        assertThat(sales.read().rows()).isEmpty();
    }
    // README
}
