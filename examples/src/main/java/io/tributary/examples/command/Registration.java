package io.tributary.examples.command;

import java.io.IOException;
import java.time.Instant;

/** Makes the partitions between two instants known to an engine that has to know them. */
interface Registration {
    void between(Instant from, Instant cut) throws IOException;

    static Registration none() {
        return (from, cut) -> {};
    }
}
