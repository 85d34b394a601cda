package io.tributary.examples.aws;

import io.tributary.examples.command.Tributary;
import java.util.stream.Stream;

/** Sends orders onto a Kinesis stream; see {@code --help}. The command {@code generate-orders}. */
public final class GenerateOrders {
    private GenerateOrders() {}

    public static void main(String[] arguments) {
        System.exit(Tributary.run(Stream.concat(Stream.of("generate-orders"), Stream.of(arguments))
                .toArray(String[]::new)));
    }
}
