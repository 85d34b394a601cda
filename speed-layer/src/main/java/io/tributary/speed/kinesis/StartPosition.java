package io.tributary.speed.kinesis;

import java.io.Serializable;
import java.time.Instant;

/** Where a stream is read from when there is no checkpoint. */
public sealed interface StartPosition extends Serializable {

    /** From the oldest record that the stream still has. */
    static StartPosition trimHorizon() {
        return new TrimHorizon();
    }

    /** What arrives from the moment on at which the source is built; a restart does not move it. */
    static StartPosition latest() {
        return new Latest();
    }

    /** What arrived at this instant or later. */
    static StartPosition at(Instant instant) {
        return new AtTimestamp(instant);
    }

    /** This position, independent of when it is asked for. */
    default StartPosition fixedAt(Instant now) {
        return this;
    }

    record TrimHorizon() implements StartPosition {}

    record Latest() implements StartPosition {
        @Override
        public StartPosition fixedAt(Instant now) {
            return new AtTimestamp(now);
        }
    }

    record AtTimestamp(Instant instant) implements StartPosition {}
}
