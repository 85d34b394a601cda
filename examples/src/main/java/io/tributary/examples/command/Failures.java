package io.tributary.examples.command;

import io.tributary.config.InvalidOptionsException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;

/** Says in a line why something failed. */
final class Failures {
    /** The SDK tells what each of its sources of credentials lacks, on a line of two thousand letters. */
    private static final Pattern NO_CREDENTIALS =
            Pattern.compile("Unable to load credentials from any of the providers .*");

    private static final String SET_CREDENTIALS =
            "no AWS credentials were found (set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or run where"
                    + " a role is attached)";

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
        String message = telling.getMessage();
        return message == null || message.isBlank()
                ? "Cannot go on: " + telling.getClass().getSimpleName()
                : NO_CREDENTIALS
                        .matcher(message.strip().replaceAll("\\s*\\R\\s*", " "))
                        .replaceFirst(SET_CREDENTIALS);
    }
}
