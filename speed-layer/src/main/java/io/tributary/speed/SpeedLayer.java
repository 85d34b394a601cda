package io.tributary.speed;

import io.tributary.schema.Outcome;
import io.tributary.view.EventTime;
import io.tributary.view.View;
import io.tributary.view.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.flink.api.common.eventtime.SerializableTimestampAssigner;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The speed layer of a stream of records. Windows are driven by the stream's watermarks, such as those of
 * {@link #watermarks}; the records themselves say when they happened, so their time stamps are not read. Slices
 * for a speed store are by ingest time and come of {@link Arrivals}.
 *
 * <pre>{@code
 * SpeedLayer.on(orders).view(HOURLY_SALES).windows().stream().print();
 * }</pre>
 *
 * @param <R> the record
 */
public final class SpeedLayer<R> {
    /**
     * The global job parameter that names a group in which the metrics of {@code tributary.speed} are registered. Amazon's managed Flink publishes those in {@code kinesisanalytics}.
     */
    public static final String METRIC_GROUP = "tributary.metrics.group";

    private final DataStream<R> records;

    private SpeedLayer(DataStream<R> records) {
        this.records = records;
    }

    public static <R> SpeedLayer<R> on(DataStream<R> records) {
        return new SpeedLayer<>(records);
    }

    public SpeedView<R> view(View<R> view) {
        return new SpeedView<>(records, view, SpeedOptions.defaults(), "view-" + view.name());
    }

    /**
     * Watermarks that stay behind the latest event time. Time stamps of wall-clock columns are those of the
     * same wall clock in UTC, as in Flink SQL; those of instants are the instants.
     *
     * <p>The latest event time ends the windows before it, for good, also after a restart: one in the far future makes
     * all other records late. Refuse such times before they come here.
     *
     * @throws IllegalArgumentException when the window has no event time
     */
    public static <R> WatermarkStrategy<R> watermarks(Window<R> window, Duration outOfOrderness) {
        EventTime<R> time = eventTimeOf(window);
        return watermarks(outOfOrderness, (row, previous) -> milli(time, row));
    }

    /** The same of what a source has decoded: messages that are no records leave the watermark where it is. */
    public static <R> WatermarkStrategy<Outcome<R>> watermarksOfOutcomes(Window<R> window, Duration outOfOrderness) {
        EventTime<R> time = eventTimeOf(window);
        return watermarks(outOfOrderness, (outcome, previous) -> milli(time, outcome));
    }

    /** The same of messages with ids. */
    public static <R> WatermarkStrategy<Identified<R>> watermarksOfIdentified(
            Window<R> window, Duration outOfOrderness) {
        EventTime<R> time = eventTimeOf(window);
        return watermarks(outOfOrderness, (message, previous) -> milli(time, message.outcome()));
    }

    private static <T> WatermarkStrategy<T> watermarks(
            Duration outOfOrderness, SerializableTimestampAssigner<T> timestamps) {
        return WatermarkStrategy.<T>forBoundedOutOfOrderness(outOfOrderness).withTimestampAssigner(timestamps);
    }

    private static <R> long milli(EventTime<R> time, Outcome<R> outcome) {
        return outcome instanceof Outcome.Accepted<R> accepted ? milli(time, accepted.value()) : Long.MIN_VALUE;
    }

    private static <R> EventTime<R> eventTimeOf(Window<R> window) {
        return window.eventTime()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "Cannot make watermarks for window none: it has no event time (use WatermarkStrategy.noWatermarks())"));
    }

    private static <R> long milli(EventTime<R> time, R row) {
        Object value = time.column().get(row);
        if (value instanceof LocalDateTime local) {
            return local.toInstant(ZoneOffset.UTC).toEpochMilli();
        }
        return value instanceof Instant instant ? instant.toEpochMilli() : time.second(row) * 1000;
    }
}
