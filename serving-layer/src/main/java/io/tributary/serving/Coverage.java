package io.tributary.serving;

import io.tributary.view.BatchView.Hole;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an answer covers.
 *
 * @param cut the batch layer answers for the partitions that start before it, the speed layer for the rest
 * @param newest the start of the newest partition of which the answer knows something
 * @param holes what the answer lacks
 */
public record Coverage(Instant cut, Optional<Instant> newest, List<Hole> holes) {
    public Coverage {
        holes = List.copyOf(holes);
    }

    /** Whether the answer is that of one pass over all records that have arrived in both layers. */
    public boolean isComplete() {
        return holes.isEmpty();
    }

    @Override
    public String toString() {
        return "%s: batch before %s, speed from there to %s%s"
                .formatted(
                        isComplete() ? "complete" : "incomplete",
                        cut.equals(Instant.MIN) ? "the beginning" : cut,
                        newest.map(Instant::toString).orElse("now, with nothing yet"),
                        isComplete() ? "" : "; missing " + holes);
    }
}
