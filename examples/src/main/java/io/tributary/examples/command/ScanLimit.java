package io.tributary.examples.command;

import io.tributary.batch.query.AthenaOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much a query on Athena may read, which is what is billed. */
final class ScanLimit {
    @Option(
            names = "--max-scanned-bytes",
            paramLabel = "N",
            description = "Refuse a query on Athena that would read more, and stop one that has (default: no limit, or"
                    + " athena.mostBytes).")
    private @Nullable Long mostBytes;

    AthenaOptions in(AthenaOptions options) {
        return mostBytes == null ? options : options.withMostBytes(mostBytes);
    }
}
