package io.tributary.examples.option;

import java.time.DateTimeException;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration. */
public final class IsoDuration implements ITypeConverter<Duration> {
    /** Made by the command line. */
    public IsoDuration() {}

    @Override
    public Duration convert(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new TypeConversionException("%s (must be as PT10S, PT5M or PT24H)".formatted(text));
        }
    }
}
