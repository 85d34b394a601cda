package io.tributary.speed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.lake.LakeFile;
import io.tributary.lake.Manifest;
import io.tributary.partition.Partition;
import io.tributary.retail.EnrichedOrder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commit makes of marks and files, one job after another. */
class DeliveryCommitTest {
    private static final Instant FOUR = Instant.parse("2023-09-07T04:00:00Z");
    private static final Instant FIVE = Instant.parse("2023-09-07T05:00:00Z");
    private static final Instant SIX = Instant.parse("2023-09-07T06:00:00Z");

    @TempDir
    private Path directory;

    private LakeDirectory lake;
    private LakeSeals seals;

    @BeforeEach
    void start() {
        lake = new LakeDirectory(directory.toUri().toString());
        seals = new LakeSeals(lake, Orders.LAYOUT);
    }

    private final class Job implements AutoCloseable {
        final OneInputStreamOperatorTestHarness<Delivery, Void> flink;

        Job(@Nullable OperatorSubtaskState state) throws Exception {
            this(new PartitionSealer(seals, EnrichedOrder.SCHEMA, InstantSource.system()), state);
        }

        Job(@Nullable PartitionSealer sealer, @Nullable OperatorSubtaskState state) throws Exception {
            TypeInformation<Delivery> type = new DescribedType<>(Delivery.class, new DeliverySerializer());
            flink = new OneInputStreamOperatorTestHarness<>(new DeliveryCommit(lake, type, sealer));
            flink.setup();
            if (state != null) {
                flink.initializeState(state);
            }
            flink.open();
        }

        void send(Delivery delivery) throws Exception {
            flink.processElement(new StreamRecord<>(delivery));
        }

        /** The state of a checkpoint at which the only task was at an instant; it is not complete yet. */
        OperatorSubtaskState checkpoint(long number, Instant mark) throws Exception {
            send(new Delivery.Mark(0, 1, mark));
            return flink.snapshot(number, number);
        }

        void complete(long number) throws Exception {
            flink.notifyOfCompletedCheckpoint(number);
        }

        @Override
        public void close() throws Exception {
            flink.close();
        }
    }

    private Delivery.Part part(Instant partition, String name) throws IOException {
        RecoverableWriter files = lake.writer();
        String path = Orders.LAYOUT.path(partition);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.write("{}\n".getBytes(UTF_8));
        try (PartFile file = new PartFile(path, name, files.open(lake.path(path + name)))) {
            file.append(line);
            return file.end(files, false);
        }
    }

    private Path fileOf(Instant partition, String name) {
        return directory.resolve(Orders.LAYOUT.path(partition)).resolve(name);
    }

    private boolean isSealed(Instant partition) throws IOException {
        return seals.read(Orders.LAYOUT.partitionOf(partition)).isPresent();
    }

    @Test
    void sealsWhatLiesBeforeTheMark() throws Exception {
        try (Job job = new Job(null)) {
            job.send(part(FOUR, "a.json"));
            job.checkpoint(1, FIVE);
            assertThat(fileOf(FOUR, "a.json")).doesNotExist();
            job.complete(1);
        }
        assertThat(fileOf(FOUR, "a.json")).hasContent("{}");
        assertThat(seals.newest()).contains(Orders.LAYOUT.partitionOf(FOUR));
    }

    /** Its files are whole and belong to nobody else: without them the partition would lose its records. */
    @Test
    void whatAnotherJobLeftUnsealedIsNotSealedWithoutItsFiles() throws Exception {
        Files.createDirectories(fileOf(FOUR, ""));
        Files.writeString(fileOf(FOUR, "of-another-job.json"), "{}\n");
        OperatorSubtaskState state;
        try (Job job = new Job(null)) {
            job.send(part(FOUR, "a.json"));
            state = job.checkpoint(1, FIVE);
        }
        try (Job job = new Job(state)) {
            assertThat(isSealed(FOUR)).isFalse();
            job.send(part(FIVE, "b.json"));
            job.checkpoint(2, SIX);
            job.complete(2);
        }
        assertThat(isSealed(FOUR)).isFalse();
        Partition five = Orders.LAYOUT.partitionOf(FIVE);
        assertThat(seals.read(five).orElseThrow().files())
                .extracting(LakeFile::name)
                .containsExactly("b.json");
    }

    @Test
    void toSealItByHandBeforeAllFilesAreThereFailsTheJob() throws Exception {
        Files.createDirectories(fileOf(FOUR, ""));
        Files.writeString(fileOf(FOUR, "of-another-job.json"), "{}\n");
        Delivery.Part part = part(FOUR, "a.json");
        OperatorSubtaskState state;
        try (Job job = new Job(null)) {
            job.send(part);
            state = job.checkpoint(1, FIVE);
        }
        seal(FOUR, LakeFile.of("of-another-job.json", 3, 1, 0));
        assertThatThrownBy(() -> new Job(state))
                .hasStackTraceContaining("before this job had delivered all of its files");
        seals.withdraw(Orders.LAYOUT.partitionOf(FOUR));
        seal(FOUR, LakeFile.of("of-another-job.json", 3, 1, 0), part.file());
        try (Job job = new Job(state)) {
            assertThat(isSealed(FOUR)).isTrue();
        }
    }

    private void seal(Instant start, LakeFile... files) throws IOException {
        Partition partition = Orders.LAYOUT.partitionOf(start);
        Manifest.Writer writer = new Manifest.Writer("by hand", 0);
        seals.put(partition, Manifest.of(EnrichedOrder.SCHEMA, partition, null, List.of(files), writer, start));
    }

    @Test
    void aDrainedJobThatGoesOnSealsAgain() throws Exception {
        OperatorSubtaskState state;
        try (Job job = new Job(null)) {
            job.send(part(FOUR, "a.json"));
            state = job.checkpoint(1, Instant.MAX);
        }
        try (Job job = new Job(state)) {
            assertThat(isSealed(FOUR)).isTrue();
            job.send(part(FIVE, "b.json"));
            job.checkpoint(2, SIX);
            job.complete(2);
        }
        assertThat(isSealed(FIVE)).isTrue();
    }

    @Test
    void whatWasSealedAndHasExpiredSinceTheCheckpointIsNotMissed() throws Exception {
        OperatorSubtaskState state;
        try (Job job = new Job(null)) {
            job.send(part(FOUR, "a.json"));
            state = job.checkpoint(1, FIVE);
            job.complete(1);
        }
        Files.delete(fileOf(FOUR, "a.json"));
        try (Job job = new Job(state)) {
            assertThat(isSealed(FOUR)).isTrue();
        }
        seals.withdraw(Orders.LAYOUT.partitionOf(FOUR));
        assertThatThrownBy(() -> new Job(state)).rootCause().isInstanceOf(IOException.class);
    }

    @Test
    void whatIsInNoPartitionMayBeMovedAwayOnceItIsCommitted() throws Exception {
        OperatorSubtaskState state;
        try (Job job = new Job(null, null)) {
            job.send(part(FOUR, "a.json"));
            state = job.checkpoint(1, FIVE);
            job.complete(1);
        }
        Files.delete(fileOf(FOUR, "a.json"));
        try (Job job = new Job(null, state)) {
            job.send(part(FIVE, "b.json"));
            job.checkpoint(2, SIX);
            job.complete(2);
        }
        assertThat(fileOf(FIVE, "b.json")).exists();
        Files.writeString(fileOf(FOUR, "a.json"), "more");
        assertThatThrownBy(() -> new Job(null, state)).hasStackTraceContaining("it has 4 bytes");
    }

    @Test
    void whatIsGoneBeforeItWasEverCommittedFailsTheJob() throws Exception {
        try (Job job = new Job(null, null)) {
            Delivery.Part part = part(FOUR, "a.json");
            job.send(part);
            job.checkpoint(1, FIVE);
            try (Stream<Path> files = Files.list(fileOf(FOUR, ""))) {
                Files.delete(files.findAny().orElseThrow());
            }
            assertThatThrownBy(() -> job.complete(1)).hasStackTraceContaining("Cannot commit");
        }
    }
}
