/**
 * Engines that run SQL and return texts. Start with {@link io.tributary.batch.query.QueryEngine}.
 */
@NullMarked
package io.tributary.batch.query;

import org.jspecify.annotations.NullMarked;
