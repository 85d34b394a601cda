package io.tributary.examples.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How fast orders are replayed. */
final class SpeedOption {
    private static final double HOUR_A_SECOND = 3600;
    private static final double FASTEST = 1_000_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--speed",
            paramLabel = "N",
            description =
                    "How many seconds of the orders' ingest clock pass in one, from 1 to 1000000 (default: 3600, an"
                            + " hour a second; with --until-done as fast as it goes).")
    private @Nullable Double speed;

    /** The pace of a replay that ends by itself, or of one to look at. */
    ReplayPace pace(boolean untilDone) {
        if (speed == null) {
            return new ReplayPace(untilDone ? 0 : HOUR_A_SECOND);
        }
        if (!(speed >= 1 && speed <= FASTEST)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid value for option '--speed': %s (must be from 1 to %,.0f)".formatted(speed, FASTEST));
        }
        return new ReplayPace(speed);
    }
}
