package io.tributary.examples.command;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What the options of a command make; a value that cannot be is wrong usage, told as the library tells it. */
final class Usage {
    private Usage() {}

    static <T> T checked(CommandSpec spec, Supplier<T> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
