/**
 * A kit for tests of what you build on this library: laws for measures, contracts for stores and lookups, a view fed by
 * hand, faults, a clock and awkward values. It needs no test library: whatever fails throws an {@link AssertionError}.
 * Start with {@link io.tributary.testing.MeasureLaws}.
 */
@NullMarked
package io.tributary.testing;

import org.jspecify.annotations.NullMarked;
