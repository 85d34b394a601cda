package io.tributary.batch.lake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

final class MutableClock implements InstantSource {
    private Instant now;

    MutableClock(Instant now) {
        this.now = now;
    }

    void advance(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
