package io.tributary.examples.command;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Up to where batch views are built. */
final class CutOption {
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH").withResolverStyle(ResolverStyle.STRICT);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--cut",
            paramLabel = "yyyy-MM-ddTHH",
            description = "The hour, in UTC, up to which views are built (default: the end of the newest sealed one).")
    private @Nullable String cut;

    /** Null when none was given. */
    @Nullable
    Instant instant() {
        return cut == null ? null : parse(spec, cut);
    }

    /** An hour in UTC. */
    static Instant parse(CommandSpec spec, String text) {
        try {
            return LocalDateTime.parse(text, HOUR).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid cut: %s (must be an hour as yyyy-MM-ddTHH, such as 2023-09-07T16)".formatted(text),
                    e);
        }
    }
}
