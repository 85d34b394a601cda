package io.tributary.serving.http;

import io.tributary.serving.Answer;
import io.tributary.serving.LambdaView;
import io.tributary.view.TimeRange;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a view for all clients that watch it, while someone does. Between two reads it rests three times as
 * long as a read takes, and at least as long as told.
 */
final class ViewFeed {
    private static final Logger LOG = LoggerFactory.getLogger(ViewFeed.class);
    private static final int RESTS = 3;
    private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(2);

    private final LambdaView<?> view;
    private final HttpOptions options;
    private final ScheduledExecutorService reader;
    private final ServerMetrics metrics;
    private final Map<Selection, Channel> channels = new HashMap<>();
    private boolean reading;
    /** The last answer, while someone watches. */
    private @Nullable Answer answer;
    /** Why the last read failed; null when it did not. */
    private @Nullable String told;

    ViewFeed(LambdaView<?> view, HttpOptions options, ScheduledExecutorService reader, ServerMetrics metrics) {
        this.view = view;
        this.options = options;
        this.reader = reader;
        this.metrics = metrics;
    }

    synchronized Subscription subscribe(Selection selection, Bell bell, @Nullable String lastId) {
        Channel channel = channels.computeIfAbsent(selection, this::open);
        Subscription subscription = channel.subscribe(bell, lastId);
        if (!reading) {
            reading = true;
            reader.execute(this::read);
        }
        return subscription;
    }

    /** What is known already is not waited for until the next read. */
    private Channel open(Selection selection) {
        Channel channel = new Channel(view.view(), selection, epoch(), metrics);
        if (answer != null) {
            channel.publish(answer, options.maxRows());
        }
        if (reading && told != null) {
            channel.fail(problem());
        }
        return channel;
    }

    private String problem() {
        return "Cannot read view %s for now (the server's log tells why)"
                .formatted(view.view().name());
    }

    /** Tells the states of a channel from those of one before it, of this server or another. */
    private static String epoch() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    private void read() {
        if (!isWatched()) {
            return;
        }
        long started = System.nanoTime();
        long interval = options.refreshInterval().toNanos();
        long rest = Math.max(interval, REST_AFTER_FAILURE.toNanos());
        try {
            Answer next = metrics.read(view, TimeRange.all());
            answered(next).forEach(channel -> channel.publish(next, options.maxRows()));
            long took = System.nanoTime() - started;
            rest = Math.max(interval - took, RESTS * took);
        } catch (RuntimeException | Error e) {
            failed(e).forEach(channel -> channel.fail(problem()));
        } finally {
            Future<?> unused = reader.schedule(this::read, Math.max(0, rest), TimeUnit.NANOSECONDS);
        }
    }

    /** The channels that wait for an answer; those to come find it here. */
    private synchronized List<Channel> answered(Answer next) {
        answer = next;
        told = null;
        return List.copyOf(channels.values());
    }

    /** The channels to tell of a failure, which is logged once for each reason, however often it comes again. */
    private synchronized List<Channel> failed(Throwable failure) {
        String why = failure.toString();
        if (!why.equals(told)) {
            LOG.warn(
                    "Cannot read view {} for those who watch it: {}",
                    view.view().name(),
                    why);
            told = why;
        }
        LOG.debug("Cannot read view {}", view.view().name(), failure);
        return List.copyOf(channels.values());
    }

    private synchronized boolean isWatched() {
        channels.values().removeIf(Channel::isDeserted);
        reading = !channels.isEmpty();
        if (!reading) {
            answer = null;
        }
        return reading;
    }
}
