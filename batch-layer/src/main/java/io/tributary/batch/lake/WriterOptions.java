package io.tributary.batch.lake;

import io.tributary.partition.ErrorPrefix;
import java.time.Duration;

/**
 * When a writer ends a file, and where rejected inputs go. The defaults are those of the workshop's
 * Firehose stream: 1 MiB or 60 seconds, whichever comes first.
 *
 * @param maxBytes a file that has reached this size is ended, 1 to 1 GiB
 * @param maxAge a file that is this old is ended, 1 ms to 1 day, by the lake's clock
 * @param errorPrefix the directories of rejected inputs
 */
public record WriterOptions(long maxBytes, Duration maxAge, ErrorPrefix errorPrefix) {
    private static final long MOST_BYTES = 1L << 30;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    public WriterOptions {
        if (maxBytes < 1 || maxBytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "Invalid file size: %d (must be from 1 to %d bytes)".formatted(maxBytes, MOST_BYTES));
        }
        if (maxAge.compareTo(SHORTEST) < 0 || maxAge.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "Invalid file age: %s (must be from %s to %s)".formatted(maxAge, SHORTEST, LONGEST));
        }
    }

    public static WriterOptions defaults() {
        return new WriterOptions(
                1 << 20,
                Duration.ofSeconds(60),
                ErrorPrefix.parse("data/stream_error_data/year=!{timestamp:yyyy}/month=!{timestamp:MM}/"
                        + "day=!{timestamp:dd}/hour=!{timestamp:HH}/!{firehose:error-output-type}/"));
    }

    public WriterOptions withMaxBytes(long bytes) {
        return new WriterOptions(bytes, maxAge, errorPrefix);
    }

    public WriterOptions withMaxAge(Duration age) {
        return new WriterOptions(maxBytes, age, errorPrefix);
    }

    public WriterOptions withErrorPrefix(ErrorPrefix prefix) {
        return new WriterOptions(maxBytes, maxAge, prefix);
    }
}
