/**
 * The speed layer of the convenience store as a job of its own, on any Flink. Start with {@link
 * io.tributary.examples.job.RunSpeedJob}.
 */
@NullMarked
package io.tributary.examples.job;

import org.jspecify.annotations.NullMarked;
