package io.tributary.batch.lake;

import io.tributary.config.Limits;
import io.tributary.partition.ErrorPrefix;
import java.time.Duration;

/**
 * When a writer ends a file, and where rejected inputs go. The defaults are those of the workshop's
 * Firehose stream: 1 MiB or 60 seconds, whichever comes first.
 *
 * @param maxBytes a file that has reached this size is ended
 * @param maxAge a file that is this old is ended, by the lake's clock
 * @param errorPrefix the directories of rejected inputs
 */
public record WriterOptions(long maxBytes, Duration maxAge, ErrorPrefix errorPrefix) {
    private static final long MOST_BYTES = 1L << 30;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    public WriterOptions {
        Limits.check()
                .between("maxBytes", maxBytes, 1, MOST_BYTES)
                .between("maxAge", maxAge, SHORTEST, LONGEST)
                .enforce();
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
