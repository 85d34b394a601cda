package io.tributary.examples.laptop;

import io.tributary.examples.command.Tributary;
import java.util.stream.Stream;

/** Enriches orders and delivers them to a lake on this machine. The command {@code ingest}. */
public final class IngestOrders {
    private IngestOrders() {}

    public static void main(String[] arguments) {
        System.exit(Tributary.run(
                Stream.concat(Stream.of("ingest"), Stream.of(arguments)).toArray(String[]::new)));
    }
}
