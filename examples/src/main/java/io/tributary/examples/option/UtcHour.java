package io.tributary.examples.option;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the start of an hour in UTC. */
public final class UtcHour implements ITypeConverter<Instant> {
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH").withResolverStyle(ResolverStyle.STRICT);

    /** Made by the command line. */
    public UtcHour() {}

    @Override
    public Instant convert(String text) {
        try {
            return LocalDateTime.parse(text, HOUR).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException(
                    "%s (must be an hour as yyyy-MM-ddTHH, such as 2023-09-07T16)".formatted(text));
        }
    }
}
