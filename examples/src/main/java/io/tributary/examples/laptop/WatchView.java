package io.tributary.examples.laptop;

import io.tributary.examples.command.Tributary;
import java.util.stream.Stream;

/** Shows a view while orders flow. The command {@code watch}. */
public final class WatchView {
    private WatchView() {}

    public static void main(String[] arguments) {
        System.exit(Tributary.run(
                Stream.concat(Stream.of("watch"), Stream.of(arguments)).toArray(String[]::new)));
    }
}
