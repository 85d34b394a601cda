package io.tributary.examples.command;

import io.tributary.codec.CsvTable;
import io.tributary.codec.JsonLines;
import io.tributary.codec.RecordFormat;
import io.tributary.codec.RecordReader;
import io.tributary.retail.TransactionOrder;
import io.tributary.schema.Outcome;
import io.tributary.schema.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file of records whose bad lines are told on standard error: the first few with their reason, all by their number.
 *
 * @param <R> the record
 */
record RecordFile<R>(Path path, RecordFormat<R> format) {
    private static final int SHOWN = 5;

    /** Orders: CSV with a header, or JSON lines when the name ends with .ndjson, .jsonl or .json. */
    static RecordFile<TransactionOrder> ofOrders(Path path) {
        String name = String.valueOf(path.getFileName());
        boolean json = name.endsWith(".ndjson") || name.endsWith(".jsonl") || name.endsWith(".json");
        return new RecordFile<>(
                path, json ? JsonLines.of(TransactionOrder.SCHEMA) : CsvTable.of(TransactionOrder.SCHEMA));
    }

    /** Takes a record, or an input that is none. */
    interface Sink<R> {
        void accept(R row) throws Exception;

        default void reject(Outcome.Rejected<R> rejected) throws Exception {}
    }

    /**
     * Reads all of it.
     *
     * @throws IOException when it cannot be read or has no record in it
     * @throws InterruptedException when the thread is interrupted between two records
     */
    Tally forEach(Sink<R> sink) throws Exception {
        Tally tally;
        try (RecordReader<R> reader = format.read(path);
                Progress progress = Progress.of(String.valueOf(path.getFileName()), -1)) {
            while (reader.hasNext()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                take(reader.next(), sink, reader.tally().rejected());
                progress.to(reader.tally().read());
            }
            tally = reader.tally();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        System.err.printf("%s: %s%n", path, tally);
        if (tally.accepted() == 0) {
            throw new IOException("Cannot use %s: %s"
                    .formatted(path, tally.read() == 0 ? "it is empty" : "none of its lines could be used"));
        }
        return tally;
    }

    private void take(Outcome<R> outcome, Sink<R> sink, long rejectedSoFar) throws Exception {
        if (outcome instanceof Outcome.Accepted<R> accepted) {
            sink.accept(accepted.value());
        } else if (outcome instanceof Outcome.Rejected<R> rejected) {
            tell(rejected.rejection().toString(), rejectedSoFar);
            sink.reject(rejected);
        }
    }

    private void tell(@Nullable String reason, long rejectedSoFar) {
        if (rejectedSoFar <= SHOWN) {
            System.err.printf("%s: rejected: %s%n", path, reason);
        } else if (rejectedSoFar == SHOWN + 1) {
            System.err.printf("%s: more rejected lines are counted, not shown%n", path);
        }
    }
}
