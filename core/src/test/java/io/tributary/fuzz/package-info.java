/** Damaged inputs for whatever reads what others wrote. Start with {@link io.tributary.fuzz.Fuzzer}. */
@NullMarked
package io.tributary.fuzz;

import org.jspecify.annotations.NullMarked;
