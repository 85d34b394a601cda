/**
 * The speed layer on Flink: records are stamped on arrival, delivered to a lake exactly once, and aggregated, by
 * ingest time for a speed store or by event time as a changelog or as windows; and the window operators alone,
 * for any stream. Start with {@link io.tributary.speed.Arrivals}, with {@link io.tributary.speed.SpeedLayer} for
 * event time, or with {@link io.tributary.speed.SliceWindows} where there is no view.
 */
@NullMarked
package io.tributary.speed;

import org.jspecify.annotations.NullMarked;
