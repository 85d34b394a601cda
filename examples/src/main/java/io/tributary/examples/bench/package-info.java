/**
 * Comparisons with what a user would take instead, both sides in one run on the same data. Start with
 * {@link io.tributary.examples.bench.Benchmark}.
 */
@NullMarked
package io.tributary.examples.bench;

import org.jspecify.annotations.NullMarked;
