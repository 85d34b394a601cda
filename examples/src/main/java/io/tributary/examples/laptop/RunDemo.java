package io.tributary.examples.laptop;

import io.tributary.examples.command.Tributary;
import java.util.stream.Stream;

/** Runs the whole pipeline and checks its answers. The command {@code demo}. */
public final class RunDemo {
    private RunDemo() {}

    public static void main(String[] arguments) {
        System.exit(Tributary.run(
                Stream.concat(Stream.of("demo"), Stream.of(arguments)).toArray(String[]::new)));
    }
}
