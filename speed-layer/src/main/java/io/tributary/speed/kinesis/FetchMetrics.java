package io.tributary.speed.kinesis;

import java.time.Duration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** The metrics of a reader's fetches, in {@code tributary.speed} of its operator. Written by the thread that fetches. */
final class FetchMetrics {
    private final Counter retries;
    private volatile long behindSeconds;

    FetchMetrics(MetricGroup operator) {
        MetricGroup group = operator.addGroup("tributary").addGroup("speed");
        this.retries = group.counter("source_retries_total");
        Gauge<Long> unused = group.gauge("source_behind_seconds", this::behindSeconds);
    }

    /** A fetch failed and is due again. */
    void retried() {
        retries.inc();
    }

    long retries() {
        return retries.getCount();
    }

    long behindSeconds() {
        return behindSeconds;
    }

    /** How far the reader is behind the end of the stream, in the shard in which it is furthest. */
    void behind(Duration most) {
        behindSeconds = most.toSeconds();
    }
}
