package io.tributary.examples.command;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What the options of a command make; what cannot be is wrong usage. */
final class Usage {
    private Usage() {}

    /** Refuses options that would do nothing. */
    static void refuse(CommandSpec spec, String why, String... options) {
        ParseResult parsed = spec.commandLine().getParseResult();
        for (String option : options) {
            if (parsed.hasMatchedOption(option)) {
                throw new ParameterException(spec.commandLine(), "Cannot use %s %s".formatted(option, why));
            }
        }
    }

    /** What the library does not take is told as the library tells it. */
    static <T> T checked(CommandSpec spec, Supplier<T> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
