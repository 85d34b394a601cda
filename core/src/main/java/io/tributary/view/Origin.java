package io.tributary.view;

import org.jspecify.annotations.Nullable;

/** Which layers' slices a row is made of. */
public enum Origin {
    /** Of the batch view alone. */
    BATCH,
    /** Of the speed store alone. */
    SPEED,
    /** Of both. */
    BOTH;

    /** Of these layers and others; null for none. */
    Origin and(@Nullable Origin other) {
        return other == null || other == this ? this : BOTH;
    }
}
