package io.tributary.examples.laptop;

import io.tributary.examples.command.Tributary;
import java.util.stream.Stream;

/** Runs a lab as a view, and in SQL beside it. The command {@code lab}. */
public final class RunLab {
    private RunLab() {}

    public static void main(String[] arguments) {
        System.exit(Tributary.run(
                Stream.concat(Stream.of("lab"), Stream.of(arguments)).toArray(String[]::new)));
    }
}
