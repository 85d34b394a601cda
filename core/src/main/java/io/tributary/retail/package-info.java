/**
 * The convenience store's records: products, the orders of its point of sale, and both joined as they
 * travel on the stream. Start with {@link io.tributary.retail.EnrichedOrder}.
 */
@NullMarked
package io.tributary.retail;

import org.jspecify.annotations.NullMarked;
