package io.tributary.serving.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.fuzz.Fuzzer;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.Digest;
import io.tributary.view.View;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A damaged snapshot or head is refused, or it is one that reads back. */
class SnapshotFuzzTest {
    private static final View<?> VIEW = Snapshots.VIEW;

    @Test
    void damagedSnapshotsAreRefusedOrReadBackEqual() {
        String text = SnapshotText.format(VIEW, Snapshots.snapshot(Snapshots.VIEW, 2));
        String numbered = text.lines().limit(6).reduce("", (lines, line) -> lines + line + "\n");
        List<String> valid = List.of(numbered.replaceFirst("\"slices\":\\d+", "\"slices\":5"));
        assertThat(SnapshotText.parse(VIEW, valid.get(0)).batch().slices()).hasSize(5);

        AtomicInteger accepted = new AtomicInteger();
        Fuzzer.texts(valid, damaged -> {
            BatchViewSnapshot read;
            try {
                read = SnapshotText.parse(VIEW, damaged);
            } catch (IllegalArgumentException e) {
                return;
            }
            BatchViewSnapshot again = SnapshotText.parse(VIEW, SnapshotText.format(VIEW, read));
            assertThat(again.batch().slices())
                    .containsExactlyInAnyOrderElementsOf(read.batch().slices());
            assertThat(again.batch().cut()).isEqualTo(read.batch().cut());
            assertThat(again.batch().holes())
                    .containsExactlyInAnyOrderElementsOf(read.batch().holes());
            accepted.incrementAndGet();
        });
        assertThat(accepted).hasPositiveValue();
    }

    @Test
    void damagedHeadsAreRefusedOrReadBackEqual() {
        Head head = new Head(
                "view",
                Digest.of("definition"),
                7,
                "writer",
                Instant.parse("2023-09-07T06:00:00Z"),
                "000000000007-00c0ffee00c0ffee.ndjson",
                Digest.of("text"),
                Instant.parse("2023-09-07T06:00:01Z"),
                List.of(new Head.Superseded("000000000006-00c0ffee00c0ffee.ndjson", Instant.MIN, Instant.EPOCH)));

        AtomicInteger accepted = new AtomicInteger();
        Fuzzer.texts(List.of(head.toJson()), damaged -> {
            Head read;
            try {
                read = Head.parse(damaged);
            } catch (IllegalArgumentException e) {
                return;
            }
            assertThat(Head.parse(read.toJson())).isEqualTo(read);
            accepted.incrementAndGet();
        });
        assertThat(accepted).hasPositiveValue();
    }
}
