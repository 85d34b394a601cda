package io.tributary.examples.command;

import io.tributary.batch.lake.WriterOptions;
import io.tributary.codec.CsvTable;
import io.tributary.enrich.InMemoryLookup;
import io.tributary.examples.option.LibraryOptions;
import io.tributary.examples.option.Sections;
import io.tributary.examples.pipeline.LakeIngest;
import io.tributary.retail.Product;
import io.tributary.retail.TransactionOrder;
import io.tributary.schema.Outcome;
import io.tributary.schema.Tally;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "ingest",
        description = {
            "Enrich the orders of a file and deliver them to a lake, in the partition of the current hour (UTC).",
            "The partition is sealed at the end, so that it can be queried; orders that come later in the same hour go"
                    + " to the next one. Orders of unknown products and malformed lines go to data/stream_error_data.",
            "A run that fails or is stopped leaves none of its orders and rejects."
        })
final class IngestCommand implements Callable<Integer> {
    @Option(
            names = "--orders",
            required = true,
            paramLabel = "FILE",
            description = "Orders: CSV with a header, or JSON lines when the name ends with .ndjson, .jsonl or .json.")
    private Path orders = Path.of("");

    @Option(names = "--products", required = true, paramLabel = "FILE.csv", description = "The product catalogue.")
    private Path products = Path.of("");

    @Option(names = "--lake", required = true, paramLabel = "DIR", description = "The lake; made when missing.")
    private Path lake = Path.of("");

    @Mixin
    private LibraryOptions library = new LibraryOptions();

    @Override
    public Integer call() throws Exception {
        WriterOptions options = library.get(Sections.WRITER);
        List<Product> catalogue = new ArrayList<>();
        new RecordFile<>(products, CsvTable.of(Product.SCHEMA)).forEach(catalogue::add);
        try (UntilInterrupted unused = UntilInterrupted.begin();
                LakeIngest ingest = LakeIngest.into(
                        lake, options, InMemoryLookup.of(catalogue, Product::productCode), InstantSource.system())) {
            RecordFile.ofOrders(orders).forEach(new RecordFile.Sink<>() {
                @Override
                public void accept(TransactionOrder order) throws Exception {
                    ingest.accept(order);
                }

                @Override
                public void reject(Outcome.Rejected<TransactionOrder> rejected) throws Exception {
                    ingest.reject(rejected);
                }
            });
            Tally delivered = ingest.seal();
            System.err.printf(
                    "%s: %s, sealed in %s%n",
                    lake, delivered, ingest.partition().path());
            return 0;
        }
    }
}
