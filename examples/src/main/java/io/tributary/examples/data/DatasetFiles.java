package io.tributary.examples.data;

import io.tributary.codec.CsvTable;
import io.tributary.codec.JsonLines;
import io.tributary.codec.RecordWriter;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.Product;
import io.tributary.retail.TransactionOrder;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The data set as three files of a directory: the products, the orders by event time, and the enriched orders
 * as they are sent. Files are written beside their place and take it, replacing older ones, once all three are
 * complete; a failure leaves the older ones as they were, unless the process is killed while they are replaced.
 */
public record DatasetFiles(Path directory) {
    private static final String PART = ".part";
    private static final int PROGRESS_STEP = 1_000;

    public Path products() {
        return directory.resolve("products.csv");
    }

    public Path orders() {
        return directory.resolve("orders.csv");
    }

    public Path enrichedOrders() {
        return directory.resolve("orders.ndjson");
    }

    /**
     * Writes all three files, and creates the directory when it is missing.
     *
     * @param progress is told now and then, and at the end, how many orders are written
     * @throws IOException naming the path and, in one line, why it cannot be written
     * @throws InterruptedException when the thread is interrupted meanwhile
     */
    public void write(OrderGenerator generator, LongConsumer progress) throws IOException, InterruptedException {
        createDirectory();
        List<Path> files = List.of(products(), orders(), enrichedOrders());
        for (Path file : files) {
            requireReplaceable(file);
        }
        try {
            writeProducts(generator.catalogue());
            writeOrders(generator, progress);
            for (Path file : files) {
                Files.move(part(file), file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            for (Path file : files) {
                Files.deleteIfExists(part(file));
            }
        }
    }

    private static void requireReplaceable(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException("Cannot write %s: what is there is no file (move it away, or name another directory)"
                    .formatted(file));
        }
    }

    private void createDirectory() throws IOException {
        try {
            Files.createDirectories(directory);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("Cannot write into %s: it is a file (name a directory)".formatted(directory), e);
        } catch (AccessDeniedException e) {
            throw new IOException("Cannot create the directory %s: permission denied".formatted(directory), e);
        } catch (IOException e) {
            throw new IOException("Cannot create the directory %s: %s".formatted(directory, e.getMessage()), e);
        }
    }

    private void writeProducts(Catalogue catalogue) throws IOException {
        try (RecordWriter<Product> writer = CsvTable.of(Product.SCHEMA).write(part(products()))) {
            writer.writeAll(catalogue.products());
        }
    }

    private void writeOrders(OrderGenerator generator, LongConsumer progress) throws IOException, InterruptedException {
        Iterator<TransactionOrder> orders = generator.orders();
        Iterator<SentOrder> sentOrders = generator.sentOrders();
        try (RecordWriter<TransactionOrder> csv =
                        CsvTable.of(TransactionOrder.SCHEMA).write(part(orders()));
                RecordWriter<EnrichedOrder> json =
                        JsonLines.of(EnrichedOrder.SCHEMA).write(part(enrichedOrders()))) {
            while (orders.hasNext()) {
                csv.write(orders.next());
                json.write(sentOrders.next().enrichedFrom(generator.catalogue()));
                if (csv.written() % PROGRESS_STEP == 0) {
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                    progress.accept(csv.written());
                }
            }
        }
        progress.accept(generator.count());
    }

    private static Path part(Path file) {
        return file.resolveSibling(file.getFileName() + PART);
    }
}
