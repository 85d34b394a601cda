/**
 * The batch layer: a view becomes SQL, a lake becomes a batch view. Start with {@link
 * io.tributary.batch.BatchViews}.
 */
@NullMarked
package io.tributary.batch;

import org.jspecify.annotations.NullMarked;
