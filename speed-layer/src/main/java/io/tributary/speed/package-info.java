/** Flink jobs that keep views up to date. Start with {@link io.tributary.speed.EmbeddedFeed}. */
@NullMarked
package io.tributary.speed;

import org.jspecify.annotations.NullMarked;
