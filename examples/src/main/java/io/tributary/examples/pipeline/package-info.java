/**
 * The embedded pipeline: one process with a lake, a Flink job and merged views. Start with {@link
 * io.tributary.examples.pipeline.EmbeddedPipeline}.
 */
@NullMarked
package io.tributary.examples.pipeline;

import org.jspecify.annotations.NullMarked;
