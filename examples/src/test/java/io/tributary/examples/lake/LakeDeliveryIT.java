package io.tributary.examples.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.batch.lake.LakeContents;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.lake.SealedPartition;
import io.tributary.codec.JsonLines;
import io.tributary.partition.Partition;
import io.tributary.speed.LaterSeals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that fail, stop and go on: the lake's manifests name each record once. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LakeDeliveryIT {
    private static final int RECORDS = 700;
    /** An hour of the test lasts at most 200 ms. */
    private static final int SPEED = 18_000;

    private static final Instant START = Instant.parse("2023-09-07T04:10:00Z");

    @TempDir
    private Path directory;

    private DeliveryJob job;

    @BeforeEach
    void letTheJobFail() {
        DeliveryJob.FAILURES.set(5);
        DeliveryJob.HELD.set(false);
        job = new DeliveryJob(
                directory.resolve("lake").toUri().toString(),
                FastClock.from(START, SPEED),
                RECORDS,
                2,
                LaterSeals.REFUSE);
    }

    private LocalLake<NumberedRecord> lake() {
        return LocalLake.at(directory.resolve("lake"), DeliveryJob.LAYOUT, NumberedRecord.SCHEMA);
    }

    private LakeContents wholeContents() throws IOException {
        LocalLake<NumberedRecord> lake = lake();
        LakeContents contents = lake.contents(lake.newestCut().orElseThrow());
        assertThat(contents.holes()).isEmpty();
        for (SealedPartition partition : contents.partitions()) {
            lake.verify(partition);
        }
        return contents;
    }

    private List<Long> numbers(LakeContents contents) throws IOException {
        JsonLines<NumberedRecord> format = JsonLines.of(NumberedRecord.SCHEMA);
        List<Long> numbers = new ArrayList<>();
        for (Path file : lake().files(contents)) {
            for (String line : Files.readAllLines(file)) {
                numbers.add(format.decode(line.getBytes(StandardCharsets.UTF_8))
                        .orElseThrow()
                        .number());
            }
        }
        Collections.sort(numbers);
        return numbers;
    }

    private static List<Long> all() {
        return LongStream.range(0, RECORDS).boxed().toList();
    }

    @Test
    void eachRecordIsInTheLakeOnceThoughTheJobFails() throws Exception {
        job.start().getJobExecutionResult().get();

        assertThat(DeliveryJob.FAILURES).hasNonPositiveValue();
        LakeContents contents = wholeContents();
        assertThat(contents.partitions()).hasSizeGreaterThan(3);
        assertThat(contents.records()).isEqualTo(RECORDS);
        assertThat(numbers(contents)).isEqualTo(all());
    }

    @Test
    void aJobGoesOnFromItsSavepointWithAnotherParallelism() throws Exception {
        String savepoint = stopAfterSeals(2);
        Instant cut = lake().newestCut().orElseThrow();
        job.withParallelism(3).restore(savepoint).getJobExecutionResult().get();

        LakeContents contents = wholeContents();
        assertThat(contents.cut()).isAfter(cut);
        assertThat(numbers(contents)).isEqualTo(all());
    }

    @Test
    void anOldSavepointIsRefusedOrTheLaterSealsAreWithdrawn() throws Exception {
        String savepoint = stopAfterSeals(1);
        job.restore(savepoint).getJobExecutionResult().get();
        Optional<Partition> newest = lake().newestSealed();
        List<Long> sealed = numbers(wholeContents());

        assertThatThrownBy(() -> job.restore(savepoint).getJobExecutionResult().get())
                .rootCause()
                .hasMessageStartingWith("Cannot go on from a checkpoint at ")
                .hasMessageContaining("the newest is " + newest.orElseThrow())
                .hasMessageContaining("LaterSeals.WITHDRAW");
        assertThat(numbers(wholeContents())).isEqualTo(sealed);

        job.withLaterSeals(LaterSeals.WITHDRAW)
                .restore(savepoint)
                .getJobExecutionResult()
                .get();
        assertThat(lake().newestSealed().orElseThrow().start())
                .isAfter(newest.orElseThrow().start());
        assertThat(numbers(wholeContents())).isEqualTo(all());
    }

    @Test
    void aNewJobBeginsBehindTheNewestSeal() throws Exception {
        job.start().getJobExecutionResult().get();
        Instant cut = lake().newestCut().orElseThrow();

        new DeliveryJob(job.lake(), InstantSource.fixed(START), 100, 2, LaterSeals.REFUSE)
                .start()
                .getJobExecutionResult()
                .get();

        LakeContents contents = wholeContents();
        assertThat(contents.records()).isEqualTo(RECORDS + 100);
        assertThat(contents.partitions()).last().satisfies(partition -> {
            assertThat(partition.partition().start()).isEqualTo(cut);
            assertThat(partition.manifest().records()).isEqualTo(100);
            assertThat(partition.manifest().writer().epoch()).isGreaterThan(1);
        });
    }

    private String stopAfterSeals(int seals) throws Exception {
        DeliveryJob.HELD.set(true);
        JobClient client = job.start();
        Instant enough = DeliveryJob.LAYOUT.partitionOf(START).end().plusSeconds(3_600L * (seals - 1));
        while (!lake().newestCut().filter(cut -> !cut.isBefore(enough)).isPresent()) {
            assertGoesOn(client);
            TimeUnit.MILLISECONDS.sleep(20);
        }
        int failures = DeliveryJob.FAILURES.getAndSet(0);
        try {
            return stop(client);
        } finally {
            DeliveryJob.FAILURES.set(failures);
            DeliveryJob.HELD.set(false);
        }
    }

    /** Asks again while the job is about to go on after a failure. */
    private String stop(JobClient client) throws Exception {
        while (true) {
            try {
                return client.stopWithSavepoint(
                                false,
                                directory.resolve("savepoints").toUri().toString(),
                                SavepointFormatType.CANONICAL)
                        .get();
            } catch (ExecutionException e) {
                assertGoesOn(client);
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private static void assertGoesOn(JobClient client) throws Exception {
        assertThat(client.getJobStatus().get().isGloballyTerminalState()).isFalse();
    }
}
