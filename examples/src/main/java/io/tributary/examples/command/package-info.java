/**
 * The commands of the executable. Start with {@link io.tributary.examples.command.Tributary}.
 */
@NullMarked
package io.tributary.examples.command;

import org.jspecify.annotations.NullMarked;
