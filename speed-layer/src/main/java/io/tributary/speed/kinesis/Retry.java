package io.tributary.speed.kinesis;

import io.tributary.aws.Backoff;
import io.tributary.aws.SdkReason;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.KmsThrottlingException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;

/**
 * What becomes of a failed call: throttling is waited out for as long as it lasts, a passing fault (the
 * service, the network, an expired iterator) for ten calls in a row, anything else is not retried.
 */
final class Retry {
    private static final int MOST_FAULTS = 10;
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

    private int failures;
    private int faults;

    void succeeded() {
        failures = 0;
        faults = 0;
    }

    /** How long to wait before the next call. */
    Duration after(SdkException failure, String what) throws IOException {
        if (!isThrottling(failure) && (!isPassing(failure) || ++faults >= MOST_FAULTS)) {
            throw new IOException("Cannot %s: %s".formatted(what, SdkReason.of(failure)), failure);
        }
        return BACKOFF.pause(++failures);
    }

    static boolean isThrottling(SdkException failure) {
        return failure instanceof ProvisionedThroughputExceededException
                || failure instanceof LimitExceededException
                || failure instanceof KmsThrottlingException
                || failure instanceof SdkServiceException service && service.isThrottlingException();
    }

    private static boolean isPassing(SdkException failure) {
        return failure.retryable()
                || failure instanceof ExpiredIteratorException
                || failure instanceof SdkServiceException service && service.statusCode() >= 500
                || isNetwork(failure);
    }

    private static boolean isNetwork(@Nullable Throwable failure) {
        return failure != null && (failure instanceof IOException || isNetwork(failure.getCause()));
    }
}
