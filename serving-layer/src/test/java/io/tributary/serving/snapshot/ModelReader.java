package io.tributary.serving.snapshot;

import static io.tributary.serving.snapshot.Numbered.VIEW;

import io.tributary.serving.Answer;
import io.tributary.serving.LambdaView;
import io.tributary.view.BatchView;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.Row;
import io.tributary.view.Slices;
import io.tributary.view.SpeedStore.Commit;
import io.tributary.view.TimeRange;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The serving layer: takes the newest snapshot, reads, and holds its answer against what is acknowledged. */
final class ModelReader {
    private final HandOver handOver;
    private final LambdaView<Numbered> view;
    private BatchView batch = BatchView.empty(VIEW);
    private boolean reads;
    private boolean moving;
    private int known;

    /** An answer that is wrong, or lacks something without cause. */
    static final class Violation extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Violation(String message) {
            super(message);
        }
    }

    ModelReader(HandOver handOver) {
        this.handOver = handOver;
        this.view = LambdaView.of(VIEW, handOver.speed());
    }

    boolean canMove() {
        return !moving;
    }

    /** By turns, it takes the newest snapshot and reads. */
    void move() {
        moving = true;
        if (reads) {
            if (handOver.has(Mutation.OLD_BOUNDARY_NEW_DATA)) {
                readByOldBoundary();
            } else {
                check(view.read());
            }
        } else {
            refresh();
        }
        reads = !reads;
        moving = false;
    }

    void checkHas(int records) {
        if (known != records) {
            throw new Violation("all has arrived, and of %d records the answer has %d".formatted(records, known));
        }
    }

    private void refresh() {
        newest().ifPresent(newest -> {
            if (newest.cut().isBefore(view.cut())) {
                throw new Violation("the cut goes back from %s to %s".formatted(view.cut(), newest.cut()));
            }
            view.publish(newest);
            batch = newest;
        });
    }

    private Optional<BatchView> newest() {
        try {
            return handOver.snapshots().newest(VIEW).map(BatchViewSnapshot::batch);
        } catch (IOException e) {
            throw new Violation("the newest snapshot cannot be read: %s".formatted(e));
        }
    }

    private void check(Answer answer) {
        long commit = answer.coverage().commit().map(Commit::checkpoint).orElse(0L);
        Instant cut = answer.coverage().cut();
        int expected = expected(cut, commit);
        long sum = sum(answer.rows());
        if (answer.coverage().isComplete()) {
            check(sum, expected);
            if (expected < known) {
                throw new Violation("the answer goes back from %d records to %d".formatted(known, expected));
            }
            known = expected;
        } else if (!handOver.gracePassed() && cut.isAfter(Instant.MIN)) {
            throw new Violation("within the grace the answer lacks %s"
                    .formatted(answer.coverage().holes()));
        } else {
            checkPart(sum, cut, expected);
        }
    }

    /** Records before the cut are the first, and so are those of a checkpoint: together they are the more of them. */
    private int expected(Instant cut, long commit) {
        int before = 0;
        List<Integer> partitions = handOver.acknowledged();
        while (before < partitions.size()
                && Numbered.partition(partitions.get(before)).isBefore(cut)) {
            before++;
        }
        return Math.max(before, handOver.takenAt(commit));
    }

    private static void check(long sum, int expected) {
        long onePass = ((long) Math.pow(10, expected) - 1) / 9;
        if (sum != onePass) {
            throw new Violation(
                    "the answer holds %d, one pass %d, and it says that it is complete".formatted(sum, onePass));
        }
    }

    /** What an incomplete answer lacks lies from its cut on, and nothing is in it twice. */
    private void checkPart(long sum, Instant cut, int expected) {
        for (int number = 0; number < expected; number++) {
            long times = sum / (long) Math.pow(10, number) % 10;
            boolean before =
                    Numbered.partition(handOver.acknowledged().get(number)).isBefore(cut);
            if (times > 1 || before && times < 1) {
                throw new Violation("the incomplete answer %d has record %d %d times".formatted(sum, number, times));
            }
        }
    }

    private void readByOldBoundary() {
        Instant cut = view.cut();
        Optional<BatchView> newest = newest();
        Slices<Numbered> merged = VIEW.slices();
        newest.ifPresent(snapshot -> merged.mergeAll(snapshot.slices()));
        var recent = handOver.speed().read(VIEW, cut, TimeRange.all());
        merged.mergeAll(recent.slices());
        check(
                sum(VIEW.rows(merged.toList())),
                expected(
                        newest.map(BatchView::cut).orElse(cut),
                        recent.commit().map(Commit::checkpoint).orElse(0L)));
    }

    private static long sum(List<Row> rows) {
        long sum = 0;
        for (Row row : rows) {
            if (row.measures().get(0) instanceof Number weight) {
                sum += weight.longValue();
            }
        }
        return sum;
    }

    @Override
    public String toString() {
        return (reads ? "reads" : "") + (moving ? "!" : "") + known + batch.cut() + batch.slices();
    }
}
