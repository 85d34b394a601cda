package io.tributary.speed;

import io.tributary.lake.LakeFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Tells from what was committed which partitions can get no record any more. Of a checkpoint, all that the
 * writers handed over must have come: then all records stamped before it are in files that are known, and no
 * partition before the least of its marks gets another.
 *
 * <p>Its state is what it was told and has not used up: told again, it is as it was.
 */
final class SealProgress {
    /** What was told, and of which checkpoint. */
    record Told(long checkpoint, Delivery delivery) {}

    private final long restored;
    private final List<Told> told = new ArrayList<>();
    private final Map<String, List<LakeFile>> files = new HashMap<>();
    private final NavigableMap<Long, Checkpoint> checkpoints = new TreeMap<>();
    private final Set<Integer> endedWriters = new HashSet<>();
    private final Set<Integer> endedTasks = new HashSet<>();
    private int tasks;
    private boolean isPastRestored;

    /** What has come of a checkpoint. */
    private static final class Checkpoint {
        private final Map<Integer, Instant> marks = new HashMap<>();
        private final Map<Integer, Integer> announced = new HashMap<>();
        private int writers;
        private int come;

        boolean hasAllBut(Set<Integer> ended) {
            int expected =
                    announced.values().stream().mapToInt(Integer::intValue).sum();
            return writers > 0
                    && come == expected
                    && IntStream.range(0, writers)
                            .allMatch(writer -> announced.containsKey(writer) || ended.contains(writer));
        }
    }

    /** @param restored the checkpoint from which the job goes on; tasks that had ended by then may run again */
    SealProgress(long restored) {
        this.restored = restored;
    }

    /**
     * Takes note of what was committed.
     *
     * @return the instant before which all partitions can be sealed, when that completes a checkpoint
     */
    Optional<Instant> tell(long checkpointId, Delivery delivery) {
        if (checkpointId > restored && !isPastRestored) {
            isPastRestored = true;
            endedTasks.clear();
            endedWriters.clear();
            told.removeIf(SealProgress::isEnd);
        }
        told.add(new Told(checkpointId, delivery));
        Checkpoint checkpoint = checkpoints.computeIfAbsent(checkpointId, id -> new Checkpoint());
        if (delivery instanceof Delivery.Part part) {
            checkpoint.come++;
            files.computeIfAbsent(part.directory(), directory -> new ArrayList<>())
                    .add(part.file());
        } else if (delivery instanceof Delivery.Mark mark) {
            checkpoint.come++;
            tasks = mark.tasks();
            if (mark.isEnd()) {
                endedTasks.add(mark.task());
            } else {
                checkpoint.marks.put(mark.task(), mark.partition());
            }
        } else if (delivery instanceof Delivery.Complete complete) {
            checkpoint.writers = complete.writers();
            checkpoint.announced.put(complete.writer(), complete.before());
            if (complete.isEnd()) {
                endedWriters.add(complete.writer());
            }
        }
        return checkpoint.hasAllBut(endedWriters) ? Optional.of(complete(checkpointId, checkpoint)) : Optional.empty();
    }

    private static boolean isEnd(Told item) {
        return item.delivery() instanceof Delivery.Mark mark && mark.isEnd()
                || item.delivery() instanceof Delivery.Complete complete && complete.isEnd();
    }

    private Instant complete(long checkpointId, Checkpoint checkpoint) {
        Instant floor = Instant.MAX;
        for (int task = 0; task < tasks; task++) {
            Instant mark = checkpoint.marks.get(task);
            if (mark == null && !endedTasks.contains(task)) {
                throw new IllegalStateException(
                        "Cannot seal at checkpoint %d: the mark of task %d of %d is missing (restore an earlier checkpoint)"
                                .formatted(checkpointId, task, tasks));
            }
            floor = mark != null && mark.isBefore(floor) ? mark : floor;
        }
        checkpoints.headMap(checkpointId, true).clear();
        told.removeIf(item ->
                item.checkpoint() <= checkpointId && !(item.delivery() instanceof Delivery.Part) && !isEnd(item));
        return floor;
    }

    /** The committed files of partitions that are not sealed, by directory. */
    Map<String, List<LakeFile>> files() {
        return files;
    }

    /** Forgets the files of a partition, which is sealed. */
    void sealed(String directory) {
        files.remove(directory);
        told.removeIf(item -> item.delivery() instanceof Delivery.Part part
                && part.directory().equals(directory));
    }

    List<Told> told() {
        return told;
    }
}
