package io.tributary.serving;

/** Which layers' slices a row is made of. */
public enum Origin {
    /** Of the batch view alone. */
    BATCH,
    /** Of the speed store alone. */
    SPEED,
    /** Of both. */
    BOTH
}
