package io.tributary.examples.laptop;

import io.tributary.examples.command.Tributary;
import java.util.stream.Stream;

/** Asks the ad-hoc queries of a lake on this machine. The command {@code query}. */
public final class QueryLake {
    private QueryLake() {}

    public static void main(String[] arguments) {
        System.exit(Tributary.run(
                Stream.concat(Stream.of("query"), Stream.of(arguments)).toArray(String[]::new)));
    }
}
