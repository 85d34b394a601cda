package io.tributary.examples.option;

import java.time.DateTimeException;
import java.time.Instant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an instant. */
public final class IsoInstant implements ITypeConverter<Instant> {
    /** Made by the command line. */
    public IsoInstant() {}

    @Override
    public Instant convert(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new TypeConversionException("%s (must be as 2026-01-31T09:00:00Z)".formatted(text));
        }
    }
}
