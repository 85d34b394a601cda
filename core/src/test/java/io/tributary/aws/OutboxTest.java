package io.tributary.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final Instant START = Instant.EPOCH;
    private static final PublisherOptions OPTIONS = PublisherOptions.defaults();

    /** A stream that writes any part of a request and answers in any order, now and then not at all. */
    @Property(tries = 300)
    void theFirstCopiesOfAKeyKeepTheirOrderAndNoneIsLost(
            @ForAll Random random, @ForAll @IntRange(min = 1, max = 20) int keys) {
        Outbox<Integer> outbox = new Outbox<>(OPTIONS.withBatchRecords(10));
        Map<String, List<Integer>> given = new HashMap<>();
        Map<String, List<Integer>> written = new HashMap<>();
        List<Deque<Envelope<Integer>>> onTheirWay = new ArrayList<>();
        Instant now = START;
        int next = 0;
        while (next < 200 || !outbox.isEmpty()) {
            now = now.plusMillis(random.nextInt(50));
            if (next < 200) {
                String key = "k" + random.nextInt(keys);
                given.computeIfAbsent(key, k -> new ArrayList<>()).add(next);
                outbox.add(new Envelope<>(next++, key, new byte[1]), now);
            }
            List<Envelope<Integer>> batch = outbox.nextBatch(now, random.nextBoolean());
            assertThat(batch).hasSizeLessThanOrEqualTo(10).doesNotHaveDuplicates();
            assertThat(batch.stream().map(Envelope::key)).doesNotHaveDuplicates();
            if (!batch.isEmpty()) {
                onTheirWay.add(new ArrayDeque<>(batch));
            }
            if (!onTheirWay.isEmpty() && random.nextBoolean()) {
                for (Envelope<Integer> sent : onTheirWay.remove(random.nextInt(onTheirWay.size()))) {
                    int fate = random.nextInt(4);
                    if (fate > 0) {
                        written.computeIfAbsent(sent.key(), k -> new ArrayList<>())
                                .add(sent.row());
                    }
                    if (fate > 1) {
                        outbox.acknowledge(sent);
                    } else {
                        outbox.retry(sent, now.plusMillis(random.nextInt(100)));
                    }
                }
            }
        }
        Map<String, List<Integer>> firstCopies = new HashMap<>();
        written.forEach(
                (key, rows) -> firstCopies.put(key, rows.stream().distinct().toList()));
        assertThat(firstCopies).isEqualTo(given);
    }

    @Test
    void holdsBackTheRecordsOfAKeyWhoseFirstIsNotAcknowledged() {
        Outbox<String> outbox = new Outbox<>(OPTIONS);
        add(outbox, "a1", "a", START);
        add(outbox, "a2", "a", START);
        add(outbox, "b1", "b", START);

        List<Envelope<String>> first = outbox.nextBatch(START, true);
        assertThat(first).extracting(Envelope::row).containsExactly("a1", "b1");
        outbox.retry(first.get(0), START.plusSeconds(1));
        outbox.acknowledge(first.get(1));
        assertThat(outbox.nextBatch(START, true)).isEmpty();

        List<Envelope<String>> again = outbox.nextBatch(START.plusSeconds(1), true);
        assertThat(again).extracting(Envelope::row).containsExactly("a1");
        outbox.acknowledge(again.get(0));
        assertThat(outbox.nextBatch(START.plusSeconds(1), true))
                .extracting(Envelope::row)
                .containsExactly("a2");
    }

    @Test
    void sendsTheRecordsOfAKeyTogetherWhenNoOrderIsAskedFor() {
        Outbox<String> outbox = new Outbox<>(OPTIONS.withOrdering(PublisherOptions.Ordering.NONE));
        add(outbox, "a1", "a", START);
        add(outbox, "a2", "a", START);
        assertThat(outbox.nextBatch(START, true)).hasSize(2);
    }

    @Test
    void sendsAFullBatchAtOnceAndAnotherOnceItsFirstRecordIsOld() {
        Outbox<String> outbox = new Outbox<>(OPTIONS.withBatchRecords(2).withLinger(Duration.ofMillis(100)));
        add(outbox, "a", "a", START);
        assertThat(outbox.nextBatch(START, false)).isEmpty();
        assertThat(outbox.nextDue()).contains(START.plusMillis(100));
        add(outbox, "b", "b", START.plusMillis(50));
        add(outbox, "c", "c", START.plusMillis(60));
        assertThat(outbox.nextBatch(START.plusMillis(60), false)).hasSize(2);
        assertThat(outbox.nextBatch(START.plusMillis(159), false)).isEmpty();
        assertThat(outbox.nextBatch(START.plusMillis(160), false)).hasSize(1);
    }

    @Test
    void countsKeysInTheBytesOfABatch() {
        Outbox<String> outbox = new Outbox<>(OPTIONS);
        int half = PublisherOptions.MAX_RECORD_BYTES - 1;
        for (int i = 0; i < 6; i++) {
            outbox.add(new Envelope<>("r", "" + i, new byte[half]), START);
        }
        List<Envelope<String>> batch = outbox.nextBatch(START, false);
        assertThat(batch).hasSize(5);
        assertThat(batch.stream().mapToInt(Envelope::size).sum()).isEqualTo(PublisherOptions.MAX_BATCH_BYTES);
    }

    @Test
    void hasRoomAgainOnceRecordsAreAcknowledged() {
        int mebibyte = PublisherOptions.MAX_RECORD_BYTES;
        Outbox<String> outbox =
                new Outbox<>(OPTIONS.withBufferBytes(mebibyte + (long) PublisherOptions.RECORD_OVERHEAD));
        Envelope<String> large = new Envelope<>("r", "k", new byte[mebibyte - 1]);
        Envelope<String> small = new Envelope<>("r", "k", new byte[0]);
        assertThat(outbox.hasRoomFor(large)).isTrue();
        outbox.add(large, START);
        assertThat(outbox.hasRoomFor(small)).isFalse();
        outbox.acknowledge(large);
        assertThat(outbox.hasRoomFor(small)).isTrue();
    }

    private static void add(Outbox<String> outbox, String row, String key, Instant now) {
        outbox.add(new Envelope<>(row, key, new byte[1]), now);
    }
}
