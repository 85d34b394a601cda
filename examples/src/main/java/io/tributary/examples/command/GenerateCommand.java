package io.tributary.examples.command;

import io.tributary.examples.data.Catalogue;
import io.tributary.examples.data.DatasetFiles;
import io.tributary.examples.data.OrderGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "generate",
        description =
                "Write products.csv, orders.csv and orders.ndjson (enriched, as on the stream); the same seed gives the same bytes.")
final class GenerateCommand implements Callable<Integer> {
    @Mixin
    private DatasetOptions dataset = new DatasetOptions();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The directory; made when missing.")
    private Path out = Path.of("");

    @Override
    public Integer call() throws IOException, InterruptedException {
        OrderGenerator generator = dataset.generator();
        DatasetFiles files = new DatasetFiles(out);
        try (UntilInterrupted unused = UntilInterrupted.begin();
                Progress progress = Progress.of("orders", generator.count())) {
            files.write(generator, progress::to);
        }
        System.err.printf(
                "wrote %,d products and %,d orders of %d store(s) to %s%n",
                Catalogue.SIZE, generator.count(), generator.storeCount(), out);
        return 0;
    }
}
