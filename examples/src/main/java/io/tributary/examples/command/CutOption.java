package io.tributary.examples.command;

import io.tributary.examples.option.UtcHour;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Up to where batch views are built. */
final class CutOption {
    @Option(
            names = "--cut",
            paramLabel = "yyyy-MM-ddTHH",
            converter = UtcHour.class,
            description = "The hour, in UTC, up to which views are built (default: the end of the newest sealed one).")
    private @Nullable Instant cut;

    /** Null when none was given. */
    @Nullable
    Instant instant() {
        return cut;
    }
}
