package io.tributary.examples.command;

import io.tributary.codec.JsonLines;
import io.tributary.examples.data.Catalogue;
import io.tributary.examples.data.OrderGenerator;
import io.tributary.examples.data.SentOrder;
import io.tributary.examples.lab.Comparison;
import io.tributary.examples.lab.Display;
import io.tributary.examples.lab.Lab;
import io.tributary.examples.lab.LabRun;
import io.tributary.examples.lab.LabTable;
import io.tributary.examples.pipeline.TemporaryDirectory;
import io.tributary.retail.EnrichedOrder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "lab",
        description = {
            "Run a lab of the workshop: its view on the batch layer and the speed layer, merged.",
            "With --sql, also run the workshop's own Flink SQL over the same orders, and show both results side by"
                    + " side. Exits with 1 when they differ."
        })
final class LabCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "N",
            description = "1 to 8, 6-to-files (which writes into a directory) or 8-no-tobacco.")
    private String number = "";

    @Option(names = "--sql", description = "Run the SQL too, and compare.")
    private boolean sql;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the SQL of lab 6-to-files leaves its files (default: nowhere).")
    private @Nullable Path out;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "10",
            description = "The most rows to print (default: ${DEFAULT-VALUE}).")
    private int rows;

    @ArgGroup
    private Source source = new Source();

    /** Orders of a file, or made up. */
    static final class Source {
        @Option(names = "--orders", paramLabel = "FILE.ndjson", description = "Enriched orders, as JSON lines.")
        private @Nullable Path file;

        @Option(
                names = "--count",
                paramLabel = "N",
                description = "How many orders are made up without a file (default: 94498).")
        private long count = OrderGenerator.DEFAULT_COUNT;
    }

    @Override
    public Integer call() throws Exception {
        Lab lab = Usage.checked(spec, () -> Lab.numbered(number));
        requireSense(lab);
        try (TemporaryDirectory work = TemporaryDirectory.create();
                LabRun run = LabRun.start(lab, rows, work.path())) {
            feed(run);
            LabTable answer = run.answer();
            PrintStream print = System.out;
            print.printf("lab %s — %s%n", lab.number(), lab.title());
            print.printf("display: %s%n%n", lab.display());
            if (!sql) {
                print(lab, answer, print);
                return 0;
            }
            Path summaries = out == null ? Files.createDirectory(work.path().resolve("summaries")) : out;
            Comparison comparison = run.compare(answer, summaries);
            print.println(lab.sql().indent(4));
            new SideBySide(comparison).print(rows, print);
            if (!lab.note().isEmpty()) {
                print.println(lab.note());
            }
            return comparison.isEqual() ? 0 : 1;
        }
    }

    private void requireSense(Lab lab) throws IOException {
        if (rows < 1) {
            throw wrong("Invalid value for option '--rows': %d (must be at least 1)".formatted(rows));
        }
        if (out != null && !(sql && lab == Lab.CUMULATIVE_TO_FILES)) {
            throw wrong("Cannot use --out with lab %s: only '6-to-files --sql' writes files".formatted(lab.number()));
        }
        if (out != null && Files.exists(out) && !(Files.isDirectory(out) && isEmpty(out))) {
            throw wrong("Invalid --out: %s (must be an empty directory or missing, as all that is there is compared)"
                    .formatted(out));
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void feed(LabRun run) throws Exception {
        if (source.file != null) {
            new RecordFile<>(source.file, JsonLines.of(EnrichedOrder.SCHEMA)).forEach(run::accept);
            return;
        }
        OrderGenerator generator = Usage.checked(spec, () -> OrderGenerator.of(Catalogue.of(1), 1, source.count));
        for (Iterator<SentOrder> sending = generator.sentOrders(); sending.hasNext(); ) {
            run.accept(sending.next().enrichedFrom(generator.catalogue()));
        }
    }

    private void print(Lab lab, LabTable answer, PrintStream print) {
        TextTable table = TextTable.of(answer, rows);
        if (lab.display() == Display.SINGLE) {
            table.printUpright(print);
            return;
        }
        table.print(print);
        TextTable.printRest(answer.rows().size() - rows, print);
    }
}
