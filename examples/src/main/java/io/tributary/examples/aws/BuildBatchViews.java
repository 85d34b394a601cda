package io.tributary.examples.aws;

import io.tributary.examples.command.Tributary;
import java.util.stream.Stream;

/** Builds the batch views on Athena and publishes them; see {@code --help}. The command {@code build-batch-views}. */
public final class BuildBatchViews {
    private BuildBatchViews() {}

    public static void main(String[] arguments) {
        System.exit(Tributary.run(Stream.concat(Stream.of("build-batch-views"), Stream.of(arguments))
                .toArray(String[]::new)));
    }
}
