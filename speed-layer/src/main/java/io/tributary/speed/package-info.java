/**
 * The speed layer on Flink: views over a stream, as a changelog, as windows that are given once, or as slices
 * for a speed store; and the window operators alone, for any stream. Start with {@link
 * io.tributary.speed.SpeedLayer}, or with {@link io.tributary.speed.SliceWindows} where there is no view.
 */
@NullMarked
package io.tributary.speed;

import org.jspecify.annotations.NullMarked;
