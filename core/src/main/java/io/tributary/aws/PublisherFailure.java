package io.tributary.aws;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.model.KmsThrottlingException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/** Why a whole request failed, and what that means for its records. */
record PublisherFailure(Kind kind, String reason) {

    /** What to do with the records. */
    enum Kind {
        /** They are not written: send them again, and all more slowly. */
        THROTTLED,
        /** They are not written: send them again. */
        NOT_WRITTEN,
        /** They may be written: send them again. */
        AMBIGUOUS,
        /** No retry will help. */
        FATAL
    }

    /** @param permission what the request needs, such as {@code kinesis:PutRecords} */
    static PublisherFailure of(Throwable thrown, String permission) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return failure instanceof AwsServiceException answer ? ofAnswer(answer, permission) : ofSilence(failure);
    }

    private static PublisherFailure ofAnswer(AwsServiceException answer, String permission) {
        if (answer instanceof ProvisionedThroughputExceededException
                || answer instanceof LimitExceededException
                || answer instanceof KmsThrottlingException
                || answer.isThrottlingException()) {
            return new PublisherFailure(Kind.THROTTLED, text(answer));
        }
        if (answer.statusCode() >= 500 || answer.statusCode() == 408) {
            return new PublisherFailure(Kind.AMBIGUOUS, text(answer));
        }
        if (answer.isClockSkewException()) {
            return new PublisherFailure(Kind.NOT_WRITTEN, text(answer));
        }
        if (answer instanceof ResourceNotFoundException) {
            return new PublisherFailure(Kind.FATAL, "it does not exist (create it, or check name and region)");
        }
        return new PublisherFailure(
                Kind.FATAL,
                isDenied(answer) ? "access denied (allow %s): %s".formatted(permission, text(answer)) : text(answer));
    }

    private static boolean isDenied(AwsServiceException answer) {
        return answer.statusCode() == 403 || code(answer).startsWith("AccessDenied");
    }

    private static String code(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private static String text(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        String message = details == null || details.errorMessage() == null
                ? ""
                : ": " + SdkReason.oneLine(details.errorMessage());
        String code = code(answer);
        return "%s%s (HTTP %d, request %s)"
                .formatted(code.isEmpty() ? "error" : code, message, answer.statusCode(), answer.requestId());
    }

    private static PublisherFailure ofSilence(Throwable failure) {
        String reason = SdkReason.of(failure);
        if (isCausedBy(failure, ConnectException.class) || isCausedBy(failure, UnknownHostException.class)) {
            return new PublisherFailure(Kind.NOT_WRITTEN, reason);
        }
        boolean unanswered = failure instanceof ApiCallTimeoutException
                || failure instanceof ApiCallAttemptTimeoutException
                || isCausedBy(failure, IOException.class)
                || isCausedBy(failure, TimeoutException.class)
                || (failure instanceof SdkException sdk && sdk.retryable());
        return new PublisherFailure(unanswered ? Kind.AMBIGUOUS : Kind.FATAL, reason);
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .anyMatch(type::isInstance);
    }
}
