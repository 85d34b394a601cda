package io.tributary.serving;

import io.tributary.view.BatchView.Hole;
import java.time.Instant;
import java.util.ArrayList;
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
        List<String> parts = new ArrayList<>();
        if (cut.isAfter(Instant.MIN)) {
            parts.add("batch before " + cut);
        }
        newest.filter(partition -> !partition.isBefore(cut)).ifPresent(partition -> parts.add("speed to " + partition));
        return "%s: %s%s"
                .formatted(
                        isComplete() ? "complete" : "incomplete",
                        parts.isEmpty() ? "nothing has arrived yet" : String.join(", ", parts),
                        isComplete() ? "" : "; missing " + holes);
    }
}
