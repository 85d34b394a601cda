/** AWS services as emulators on this machine. Start with {@link io.tributary.emulator.NodeEmulator}. */
@NullMarked
package io.tributary.emulator;

import org.jspecify.annotations.NullMarked;
