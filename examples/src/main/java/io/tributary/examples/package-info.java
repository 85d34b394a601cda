/** The convenience store, end to end. Start with {@link io.tributary.examples.Main}. */
@NullMarked
package io.tributary.examples;

import org.jspecify.annotations.NullMarked;
