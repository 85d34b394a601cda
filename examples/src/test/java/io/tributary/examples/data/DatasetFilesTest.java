package io.tributary.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.codec.CsvTable;
import io.tributary.codec.JsonLines;
import io.tributary.codec.RecordFormat;
import io.tributary.codec.RecordReader;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.Product;
import io.tributary.retail.TransactionOrder;
import io.tributary.schema.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFilesTest {
    private final OrderGenerator generator = OrderGenerator.of(Catalogue.of(1), 1, 2_500);

    @TempDir
    Path directory;

    private static <R> List<R> read(RecordFormat<R> format, Path file) throws IOException {
        List<R> records = new ArrayList<>();
        try (RecordReader<R> reader = format.read(file)) {
            reader.forEachRemaining(outcome -> records.add(((Outcome.Accepted<R>) outcome).value()));
        }
        return records;
    }

    private static <T> List<T> list(Iterator<T> iterator) {
        List<T> all = new ArrayList<>();
        iterator.forEachRemaining(all::add);
        return all;
    }

    @Test
    void writesWhatTheGeneratorMakesIntoANewDirectory() throws Exception {
        DatasetFiles files = new DatasetFiles(directory.resolve("a/b"));
        List<Long> progress = new ArrayList<>();

        files.write(generator, progress::add);

        List<EnrichedOrder> enriched = list(generator.sentOrders()).stream()
                .map(sent -> sent.enrichedFrom(generator.catalogue()))
                .toList();
        assertThat(read(CsvTable.of(Product.SCHEMA), files.products()))
                .isEqualTo(generator.catalogue().products());
        assertThat(read(CsvTable.of(TransactionOrder.SCHEMA), files.orders())).isEqualTo(list(generator.orders()));
        assertThat(read(JsonLines.of(EnrichedOrder.SCHEMA), files.enrichedOrders()))
                .isEqualTo(enriched)
                .allMatch(order -> order.productName() != null);
        assertThat(progress).containsExactly(1_000L, 2_000L, 2_500L);
        assertThat(files.directory()).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aFailureLeavesTheOlderFilesAsTheyWereAndNoPartsBehind() throws Exception {
        DatasetFiles files = new DatasetFiles(directory);
        Files.writeString(files.orders(), "older");

        assertThatThrownBy(() -> files.write(generator, orders -> {
                    throw new IllegalStateException("stopped");
                }))
                .hasMessage("stopped");

        assertThat(files.orders()).hasContent("older");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
        assertThat(files.products()).doesNotExist();
    }

    @Test
    void replacesOlderFiles() throws Exception {
        DatasetFiles files = new DatasetFiles(directory);
        Files.writeString(files.orders(), "older");

        files.write(generator, orders -> {});

        assertThat(Files.readAllLines(files.orders())).hasSize(2_501);
    }

    @Test
    void refusesAFileInThePlaceOfTheDirectory() throws Exception {
        Path file = Files.createFile(directory.resolve("taken"));

        assertThatThrownBy(() -> new DatasetFiles(file).write(generator, orders -> {}))
                .isInstanceOf(IOException.class)
                .hasMessage("Cannot write into %s: it is a file (name a directory)", file);
        assertThatThrownBy(() -> new DatasetFiles(file.resolve("below")).write(generator, orders -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot create the directory %s", file.resolve("below"));
    }

    @Test
    void whoIsInterruptedLeavesNoPartsBehind() {
        DatasetFiles files = new DatasetFiles(directory);

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> files.write(generator, orders -> {})).isInstanceOf(InterruptedException.class);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void replacesNoneWhereOneCannotBeReplaced() throws Exception {
        DatasetFiles files = new DatasetFiles(directory);
        Files.writeString(files.orders(), "older");
        Files.createDirectory(files.enrichedOrders());

        assertThatThrownBy(() -> files.write(generator, orders -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        "Cannot write %s: what is there is no file (move it away", files.enrichedOrders());
        assertThat(files.orders()).hasContent("older");
        assertThat(files.products()).doesNotExist();
    }
}
