package io.tributary.aws;

import org.jspecify.annotations.Nullable;

/** A publisher that cannot go on, in one line that names the stream. */
public final class PublisherException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    PublisherException(String message, boolean retryable, @Nullable Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    /** Whether the same call may succeed later, as when the buffer is full or time ran out. Otherwise the publisher has stopped for good. */
    public boolean isRetryable() {
        return retryable;
    }
}
