package io.tributary.examples.aws;

import io.tributary.examples.command.Tributary;
import java.util.stream.Stream;

/** Imports the product catalogue into DynamoDB; see {@code --help}. */
public final class ImportProducts {
    private ImportProducts() {}

    public static void main(String[] arguments) {
        System.exit(Tributary.run(Stream.concat(Stream.of("import-products"), Stream.of(arguments))
                .toArray(String[]::new)));
    }
}
