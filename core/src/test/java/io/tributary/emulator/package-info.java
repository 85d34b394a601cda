/** Which tests need the emulators of AWS. Start with {@link io.tributary.emulator.RequiresNode}. */
@NullMarked
package io.tributary.emulator;

import org.jspecify.annotations.NullMarked;
