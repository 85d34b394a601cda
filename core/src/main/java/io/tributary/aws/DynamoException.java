package io.tributary.aws;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** DynamoDB did not do what was asked. The message names the table, the reason, the fix and the request. */
public final class DynamoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String requestId;
    private final boolean worthRetrying;

    DynamoException(
            @Nullable String message, @Nullable String requestId, boolean worthRetrying, @Nullable Throwable cause) {
        super(message, cause);
        this.requestId = requestId;
        this.worthRetrying = worthRetrying;
    }

    /** The same, thrown in another thread. */
    DynamoException again() {
        return new DynamoException(getMessage(), requestId, worthRetrying, this);
    }

    /** What AWS's support asks for; empty when no answer came. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** Whether the same may well succeed later: it was throttled, or the service or the network failed. */
    public boolean isWorthRetrying() {
        return worthRetrying;
    }
}
