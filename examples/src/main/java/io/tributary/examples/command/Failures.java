package io.tributary.examples.command;

import io.tributary.aws.SdkReason;
import io.tributary.config.InvalidOptionsException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Says in a line why something failed. */
final class Failures {
    private Failures() {}

    /** What is wrong with several options is told in a line for each. */
    static List<String> lines(Throwable failure) {
        return failure.getCause() instanceof InvalidOptionsException options
                ? String.valueOf(options.getMessage()).lines().toList()
                : List.of(line(failure));
    }

    /** The message of the first cause that is about the matter rather than about threads, on one line. */
    static String line(Throwable failure) {
        Throwable telling = failure;
        while ((telling instanceof ExecutionException || telling instanceof CompletionException)
                && telling.getCause() != null) {
            telling = telling.getCause();
        }
        if (telling instanceof InterruptedException) {
            return "Stopped before it was done";
        }
        String message = telling.getMessage();
        return message == null || message.isBlank()
                ? "Cannot go on: " + telling.getClass().getSimpleName()
                : SdkReason.of(telling);
    }
}
