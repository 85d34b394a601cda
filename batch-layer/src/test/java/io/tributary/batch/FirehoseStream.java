package io.tributary.batch;

import io.tributary.codec.JsonLines;
import io.tributary.partition.PartitionLayout;
import io.tributary.retail.EnrichedOrder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Delivers orders as Firehose does: they come out of order, wait in a buffer, and lie in the partition of the
 * time at which the oldest of the buffer came. No order waits longer than the lag; some may come twice.
 */
public final class FirehoseStream {
    private static final int MOST_BUFFERED = 40;

    private final Path root;
    private final PartitionLayout layout;
    private final Duration lag;
    private final Random random;

    private record Sent(EnrichedOrder order, Instant came) {}

    public FirehoseStream(Path root, PartitionLayout layout, Duration lag, long seed) {
        this.root = root;
        this.layout = layout;
        this.lag = lag;
        this.random = new Random(seed);
    }

    /**
     * Delivers each order once, and one in so many once more.
     *
     * @param oneInTwice 0 for no copies
     * @return what was delivered, copies too
     */
    public List<EnrichedOrder> deliver(List<EnrichedOrder> orders, int oneInTwice) throws IOException {
        List<Sent> sent = new ArrayList<>();
        for (EnrichedOrder order : orders) {
            sent.add(sent(order));
            if (oneInTwice > 0 && random.nextInt(oneInTwice) == 0) {
                sent.add(sent(order));
            }
        }
        sent.sort(Comparator.comparing(Sent::came));
        List<Sent> buffer = new ArrayList<>();
        for (Sent next : sent) {
            if (!buffer.isEmpty() && isOver(buffer, next)) {
                flush(buffer);
            }
            buffer.add(next);
        }
        flush(buffer);
        return sent.stream().map(Sent::order).toList();
    }

    private Sent sent(EnrichedOrder order) {
        return new Sent(order, order.eventTime().plusMillis(random.nextLong(lag.toMillis() / 2)));
    }

    private boolean isOver(List<Sent> buffer, Sent next) {
        return buffer.size() == MOST_BUFFERED
                || next.came().isAfter(buffer.get(0).came().plus(lag.dividedBy(2)));
    }

    private void flush(List<Sent> buffer) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Sent sent : buffer) {
            lines.writeBytes(JsonLines.of(EnrichedOrder.SCHEMA).encode(sent.order()));
        }
        Path directory = root.resolve(layout.path(buffer.get(0).came()));
        Files.createDirectories(directory);
        Files.write(directory.resolve("stream-1-" + Long.toHexString(random.nextLong())), lines.toByteArray());
        buffer.clear();
    }
}
