package io.tributary.examples.pipeline;

import org.jspecify.annotations.Nullable;

/** Says why a Flink job failed, whose exceptions first tell of Flink's own parts. */
public final class JobFailure {
    private JobFailure() {}

    /** The first message that tells what cannot be done or is invalid; the last one where there is none. */
    public static String reason(Throwable failure) {
        Throwable last = failure;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.startsWith("Cannot ") || message.startsWith("Invalid ")) {
                return message;
            }
            last = cause;
        }
        return String.valueOf(last.getMessage());
    }
}
