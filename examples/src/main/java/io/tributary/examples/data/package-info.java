/**
 * The convenience store's data, made up from a seed: a catalogue, the orders of its registers and the clock
 * by which they are sent. Start with {@link io.tributary.examples.data.OrderGenerator}.
 */
@NullMarked
package io.tributary.examples.data;

import org.jspecify.annotations.NullMarked;
