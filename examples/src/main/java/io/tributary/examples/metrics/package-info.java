/** What the layers count, as meters of Micrometer. Start with {@link io.tributary.examples.metrics.Meters}. */
@NullMarked
package io.tributary.examples.metrics;

import org.jspecify.annotations.NullMarked;
