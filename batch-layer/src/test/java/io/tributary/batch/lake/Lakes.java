package io.tributary.batch.lake;

import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Lakes for tests, in the workshop's layout. */
public final class Lakes {
    public static final PartitionLayout LAYOUT = PartitionLayout.parse(
            "data/stream_data/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/");
    public static final Instant HOUR_4 = Instant.parse("2023-09-07T04:00:00Z");
    public static final Instant HOUR_5 = Instant.parse("2023-09-07T05:00:00Z");
    public static final Instant HOUR_6 = Instant.parse("2023-09-07T06:00:00Z");
    public static final Instant HOUR_7 = Instant.parse("2023-09-07T07:00:00Z");
    static final Partition AT_4 = LAYOUT.partitionOf(HOUR_4);
    static final Partition AT_5 = LAYOUT.partitionOf(HOUR_5);
    static final Partition AT_6 = LAYOUT.partitionOf(HOUR_6);

    private Lakes() {}

    public static LocalLake<EnrichedOrder> orders(Path root) {
        return LocalLake.at(root, LAYOUT, EnrichedOrder.SCHEMA);
    }

    /** A lake whose files and manifests have no random in them. */
    static LocalLake<EnrichedOrder> orders(Path root, InstantSource clock) {
        return new LocalLake<>(root, LAYOUT, EnrichedOrder.SCHEMA, clock, "writer-1");
    }

    /** What happens in a lake meanwhile. */
    public interface Event {
        void happen() throws IOException;
    }

    /** A lake in which something happens after its manifests are listed, each time. */
    public static LocalLake<EnrichedOrder> orders(Path root, Event listed) {
        LakeStorage storage = new LocalStorage(root, InstantSource.system());
        InvocationHandler handler = (proxy, method, arguments) -> {
            try {
                Object result = method.invoke(storage, arguments);
                if (method.getName().equals("versions")) {
                    listed.happen();
                }
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        LakeStorage eventful = (LakeStorage)
                Proxy.newProxyInstance(Lakes.class.getClassLoader(), new Class<?>[] {LakeStorage.class}, handler);
        return new LocalLake<>(root, eventful, LAYOUT, EnrichedOrder.SCHEMA, InstantSource.system(), "eventful");
    }

    static EnrichedOrder order(int amount) {
        EnrichedOrder plain = RetailRecords.ENRICHED;
        return new EnrichedOrder(
                plain.date(),
                plain.hour(),
                plain.storeCode(),
                plain.storeName(),
                plain.posNumber(),
                plain.receiptNumber(),
                plain.productCode(),
                plain.quantity(),
                BigDecimal.valueOf(amount),
                plain.divisionCode(),
                plain.divisionName(),
                plain.mainCategoryCode(),
                plain.mainCategoryName(),
                plain.subCategoryCode(),
                plain.subCategoryName(),
                plain.productName(),
                plain.privateBrand(),
                plain.dateTime(),
                plain.eventTime());
    }

    /** All files below a directory, hidden ones too, by their paths within it. */
    static List<String> files(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
