/** The HTTP API under load. Start with {@link io.tributary.examples.load.LoadIT}. */
@NullMarked
package io.tributary.examples.load;

import org.jspecify.annotations.NullMarked;
