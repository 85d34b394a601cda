package io.tributary.aws;

import java.util.List;
import java.util.Optional;

/**
 * What became of all records that a publisher was given. Their number is {@code acknowledged} plus the size
 * of {@code unacknowledged}.
 *
 * @param acknowledged how many the stream has confirmed
 * @param unacknowledged those it has not, in the order in which they were given
 * @param retried how many times a record was sent once more
 * @param possibleDuplicates how many of the acknowledged may be on the stream more than once, as an earlier
 *     request with them was never answered
 * @param failure why the publisher has stopped; empty while it goes on
 */
public record Delivery<R>(
        long acknowledged,
        List<Unacknowledged<R>> unacknowledged,
        long retried,
        long possibleDuplicates,
        Optional<String> failure) {

    /**
     * A record that the stream has not confirmed.
     *
     * @param number its number among all records, from 0, as {@link KinesisPublisher#publish} returned it
     * @param reason why it is not, as far as is known
     * @param possiblyWritten whether it may be on the stream all the same
     */
    public record Unacknowledged<R>(long number, R row, String partitionKey, String reason, boolean possiblyWritten) {}

    public Delivery {
        unacknowledged = List.copyOf(unacknowledged);
    }

    public boolean isComplete() {
        return unacknowledged.isEmpty();
    }

    /** As one line, without the records. */
    @Override
    public String toString() {
        return "acknowledged %d, unacknowledged %d, retried %d, possible duplicates %d%s"
                .formatted(
                        acknowledged,
                        unacknowledged.size(),
                        retried,
                        possibleDuplicates,
                        failure.map(reason -> ": " + reason).orElse(""));
    }
}
