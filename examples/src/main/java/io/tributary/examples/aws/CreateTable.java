package io.tributary.examples.aws;

import io.tributary.examples.command.Tributary;
import java.util.stream.Stream;

/** Creates the table of the orders in Athena; see {@code --help}. The command {@code create-table}. */
public final class CreateTable {
    private CreateTable() {}

    public static void main(String[] arguments) {
        System.exit(Tributary.run(
                Stream.concat(Stream.of("create-table"), Stream.of(arguments)).toArray(String[]::new)));
    }
}
