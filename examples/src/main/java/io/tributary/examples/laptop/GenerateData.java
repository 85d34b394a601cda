package io.tributary.examples.laptop;

import io.tributary.examples.command.Tributary;
import java.util.stream.Stream;

/** Makes the products and the orders of half a year; see {@code --help}. The command {@code generate}. */
public final class GenerateData {
    private GenerateData() {}

    public static void main(String[] arguments) {
        System.exit(Tributary.run(
                Stream.concat(Stream.of("generate"), Stream.of(arguments)).toArray(String[]::new)));
    }
}
