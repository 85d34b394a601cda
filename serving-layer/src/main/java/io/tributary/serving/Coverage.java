package io.tributary.serving;

import io.tributary.view.BatchView.Hole;
import io.tributary.view.SpeedStore.Commit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an answer covers.
 *
 * @param cut the batch layer answers for the partitions that start before it, the speed layer for the rest
 * @param newest the start of the newest partition of which the answer knows something
 * @param commit the checkpoint as of which the speed layer answers; empty before the first
 * @param provisional whether the answer may have a part that no checkpoint covers yet
 * @param holes what the answer lacks
 * @param approximate why the batch layer may have counted records twice or missed some; empty when it has not
 */
public record Coverage(
        Instant cut,
        Optional<Instant> newest,
        Optional<Commit> commit,
        boolean provisional,
        List<Hole> holes,
        Optional<String> approximate) {
    public Coverage {
        holes = List.copyOf(holes);
    }

    /**
     * Whether the answer lacks nothing that should be there: it is that of one pass over all records that have
     * arrived in both layers, up to the checkpoint unless it is provisional; and exact unless it is approximate.
     */
    public boolean isComplete() {
        return holes.isEmpty();
    }

    /** How long ago the speed layer last committed; empty before the first commit. */
    public Optional<Duration> lag(InstantSource clock) {
        return commit.map(last -> Duration.between(last.at(), clock.instant()));
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (cut.isAfter(Instant.MIN)) {
            parts.add("batch before " + cut);
        }
        newest.filter(partition -> !partition.isBefore(cut)).ifPresent(partition -> parts.add("speed to " + partition));
        commit.ifPresent(last -> parts.add("as of checkpoint " + last.checkpoint()));
        if (provisional) {
            parts.add("provisional");
        }
        String word = approximate.isPresent() ? "approximate" : "complete";
        return "%s: %s%s%s"
                .formatted(
                        isComplete() ? word : "incomplete",
                        parts.isEmpty() ? "nothing has arrived yet" : String.join(", ", parts),
                        isComplete() ? "" : "; missing " + holes,
                        approximate.map(reason -> "; approximate: " + reason).orElse(""));
    }
}
