package io.tributary.aws;

import io.tributary.schema.Column;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Says what the SDK's failures mean for a table of the given name and key, and what to do. */
record DynamoFailures(String tableName, Column<?, String> key) {
    private static final String NO_CONNECTION = "could not connect%s (check the region, the endpoint and the network)";
    private static final Set<String> ACCESS = Set.of(
            "AccessDeniedException",
            "ExpiredTokenException",
            "IncompleteSignatureException",
            "InvalidSignatureException",
            "MissingAuthenticationTokenException",
            "NotAuthorized",
            "UnrecognizedClientException");

    /** The failure itself, without what threads wrapped around it. */
    static Throwable unwrapped(Throwable failure) {
        Throwable inner = failure;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    /** Whether to try again: throttled, the service's own fault, or the network's. Not so an unknown host. */
    static boolean isTransient(Throwable failure) {
        Throwable inner = unwrapped(failure);
        if (inner instanceof DynamoException known) {
            return known.isWorthRetrying();
        }
        if (inner instanceof SdkServiceException service) {
            return service.isThrottlingException() || service.statusCode() >= 500;
        }
        return inner instanceof SdkClientException
                && cause(inner, UnknownHostException.class) == null
                && (cause(inner, IOException.class) != null
                        || cause(inner, TimeoutException.class) != null
                        || cause(inner, ApiCallTimeoutException.class) != null
                        || cause(inner, ApiCallAttemptTimeoutException.class) != null);
    }

    /**
     * The failure as one of ours.
     *
     * @param what what could not be done, such as {@code read item 1 of}, before the table's name
     */
    DynamoException of(String what, Throwable failure) {
        Throwable inner = unwrapped(failure);
        String task = "Cannot %s table %s".formatted(what, tableName);
        if (inner instanceof DynamoException known) {
            return new DynamoException(
                    task + ": " + known.getMessage(), known.requestId().orElse(null), known.isWorthRetrying(), known);
        }
        boolean worthRetrying = isTransient(inner);
        if (inner instanceof SdkServiceException service) {
            String requestId = service.requestId();
            String message = "%s: %s [request %s, %s]"
                    .formatted(
                            task,
                            reason(service),
                            requestId,
                            worthRetrying ? "try again" : "trying again will not help");
            return new DynamoException(message, requestId, worthRetrying, inner);
        }
        return new DynamoException(task + ": " + reason(inner), null, worthRetrying, inner);
    }

    private String reason(SdkServiceException failure) {
        if (!(failure instanceof AwsServiceException service) || service.awsErrorDetails() == null) {
            return SdkReason.of(failure);
        }
        String code = String.valueOf(service.awsErrorDetails().errorCode());
        String message = String.valueOf(service.awsErrorDetails().errorMessage());
        if (code.equals("ResourceNotFoundException")) {
            return "there is none of that name (check the name and the region, or create it)";
        }
        if (ACCESS.contains(code)) {
            return "access was refused, %s: %s (check the credentials, what they permit, and the region)"
                    .formatted(code, message);
        }
        if (code.equals("ValidationException") && message.contains(" key")) {
            return "%s (the table's key must be %s alone; name another table)".formatted(message, key);
        }
        return code + ": " + message;
    }

    private static String reason(Throwable failure) {
        UnknownHostException unknownHost = cause(failure, UnknownHostException.class);
        if (unknownHost != null) {
            return "unknown host %s (check the region, the endpoint and the network)"
                    .formatted(unknownHost.getMessage());
        }
        String text = SdkReason.of(failure);
        ConnectException noConnection = cause(failure, ConnectException.class);
        if (noConnection != null) {
            return NO_CONNECTION.formatted(": " + noConnection.getMessage());
        }
        // What the SDK's client says to that is a page on tuning it.
        if (cause(failure, TimeoutException.class) != null && text.contains("Acquire operation")) {
            return NO_CONNECTION.formatted(" in time");
        }
        return text;
    }

    private static <T> @Nullable T cause(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
