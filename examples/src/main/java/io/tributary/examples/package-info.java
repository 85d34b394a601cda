/** The convenience store: one executable that runs the whole pipeline. Start with {@link io.tributary.examples.Main}. */
@NullMarked
package io.tributary.examples;

import org.jspecify.annotations.NullMarked;
