package io.tributary.speed.sql;

/** Where in a stream a table begins. */
public enum TableStart {
    /** At what arrives from now on. */
    LATEST,
    /** At the oldest record that is still kept. */
    TRIM_HORIZON
}
