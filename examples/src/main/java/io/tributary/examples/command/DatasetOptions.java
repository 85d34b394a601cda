package io.tributary.examples.command;

import io.tributary.examples.data.Catalogue;
import io.tributary.examples.data.OrderGenerator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which made-up data set a command works on. */
final class DatasetOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--orders",
            paramLabel = "N",
            defaultValue = "" + OrderGenerator.DEFAULT_COUNT,
            description = "The number of order lines, 1 to 100000000 (default: ${DEFAULT-VALUE}).")
    private long orders;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "What the data set is made from (default: ${DEFAULT-VALUE}).")
    private long seed;

    long seed() {
        return seed;
    }

    OrderGenerator generator() {
        return Usage.checked(spec, () -> OrderGenerator.of(Catalogue.of(seed), seed, orders));
    }
}
