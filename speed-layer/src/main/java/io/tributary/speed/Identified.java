package io.tributary.speed;

import io.tributary.schema.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message that may come more than once.
 *
 * @param id the same for all copies of the message, and no other's; null for one that has none
 */
public record Identified<R>(@Nullable String id, Outcome<R> outcome) {}
