/**
 * Records as text and back, derived from their schema: JSON lines for the stream and the lake, CSV for
 * files that people make. Start with {@link io.tributary.codec.JsonLines}.
 */
@NullMarked
package io.tributary.codec;

import org.jspecify.annotations.NullMarked;
