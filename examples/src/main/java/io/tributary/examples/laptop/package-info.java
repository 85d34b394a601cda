/**
 * The workshop's steps on a laptop, a main class each, as those on AWS have. Start with {@link
 * io.tributary.examples.laptop.GenerateData}.
 */
@NullMarked
package io.tributary.examples.laptop;

import org.jspecify.annotations.NullMarked;
