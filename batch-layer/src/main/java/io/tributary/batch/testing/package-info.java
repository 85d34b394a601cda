/**
 * What a test of a query engine of one's own needs, beside core's {@code testing}. Start with {@link
 * io.tributary.batch.testing.QueryEngineContract}.
 */
@NullMarked
package io.tributary.batch.testing;

import org.jspecify.annotations.NullMarked;
