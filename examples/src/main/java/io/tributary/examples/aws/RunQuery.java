package io.tributary.examples.aws;

import io.tributary.examples.command.Tributary;
import java.util.stream.Stream;

/** Runs a query on Athena; see {@code --help}. The command {@code run-query}. */
public final class RunQuery {
    private RunQuery() {}

    public static void main(String[] arguments) {
        System.exit(Tributary.run(
                Stream.concat(Stream.of("run-query"), Stream.of(arguments)).toArray(String[]::new)));
    }
}
