/**
 * Joining records with a dimension that is looked up by key. Start with {@link
 * io.tributary.enrich.Enricher}.
 */
@NullMarked
package io.tributary.enrich;

import org.jspecify.annotations.NullMarked;
