package io.tributary.aws;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * A stream and the client that reaches it, which stays its owner's to close.
 *
 * @param name 1 to 128 letters, digits, {@code _}, {@code .} and {@code -}
 */
public record KinesisStream(String name, KinesisAsyncClient client) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");
    private static final Duration POLL = Duration.ofMillis(500);

    public KinesisStream {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "Invalid stream name: %s (must be 1 to 128 of a-z A-Z 0-9 _ . -)".formatted(name));
        }
    }

    /**
     * Creates the stream, with capacity on demand, where it is missing, and waits until it can be used.
     * Another process that does the same at the same time is no harm.
     *
     * @return whether it was missing
     * @throws PublisherException when it cannot be created or is not ready in time
     */
    public boolean createIfMissing(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean created = false;
        LimitExceededException limit = null;
        while (true) {
            switch (status(deadline)) {
                case ACTIVE, UPDATING -> {
                    return created;
                }
                case UNKNOWN_TO_SDK_VERSION -> {
                    try {
                        created |= create(deadline);
                    } catch (LimitExceededException e) {
                        limit = e;
                    }
                }
                case CREATING, DELETING -> {}
            }
            if (System.nanoTime() + POLL.toNanos() > deadline) {
                throw limit == null || created
                        ? new PublisherException(
                                "Cannot use stream %s: it is not active within %s (wait longer)"
                                        .formatted(name, patience),
                                true,
                                null)
                        : cannotCreate(limit);
            }
            pause();
        }
    }

    /** The stream's status; unknown when it does not exist. */
    private StreamStatus status(long deadline) {
        try {
            return await(client.describeStreamSummary(request -> request.streamName(name)), deadline)
                    .streamDescriptionSummary()
                    .streamStatus();
        } catch (ResourceNotFoundException e) {
            return StreamStatus.UNKNOWN_TO_SDK_VERSION;
        } catch (LimitExceededException e) {
            return StreamStatus.CREATING;
        } catch (SdkException e) {
            throw cannotCreate(e);
        }
    }

    /** False when another was faster, or it is not deleted yet. Too many calls, or streams, are its caller's matter. */
    private boolean create(long deadline) {
        try {
            await(
                    client.createStream(request ->
                            request.streamName(name).streamModeDetails(mode -> mode.streamMode(StreamMode.ON_DEMAND))),
                    deadline);
            return true;
        } catch (ResourceInUseException e) {
            return false;
        } catch (LimitExceededException e) {
            throw e;
        } catch (SdkException e) {
            throw cannotCreate(e);
        }
    }

    private PublisherException cannotCreate(Exception failure) {
        return new PublisherException(
                "Cannot create stream %s: %s"
                        .formatted(
                                name,
                                PublisherFailure.of(failure, "kinesis:DescribeStreamSummary and kinesis:CreateStream")
                                        .reason()),
                false,
                failure);
    }

    private <T> T await(CompletableFuture<T> answer, long deadline) {
        try {
            return answer.get(Math.max(deadline - System.nanoTime(), POLL.toNanos()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SdkException failure) {
                throw failure;
            }
            throw new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new PublisherException("Cannot create stream %s: no answer in time".formatted(name), true, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cannotCreate(e);
        }
    }

    private void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cannotCreate(e);
        }
    }
}
