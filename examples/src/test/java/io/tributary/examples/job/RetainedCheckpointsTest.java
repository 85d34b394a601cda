package io.tributary.examples.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetainedCheckpointsTest {
    @TempDir
    private Path directory;

    private final Configuration job = new Configuration();
    private final Configuration given = new Configuration();

    @BeforeEach
    void complete() throws IOException {
        Path checkpoint = Files.createDirectories(directory.resolve("job/chk-7"));
        Files.createFile(checkpoint.resolve("_metadata"));
        Files.createDirectories(directory.resolve("job/chk-8"));
    }

    private String resume() throws IOException {
        return new RetainedCheckpoints(directory.toUri().toString()).resume(job, given);
    }

    private String from() {
        return job.get(StateRecoveryOptions.SAVEPOINT_PATH);
    }

    @Test
    void goesOnFromTheNewestThatIsComplete() throws IOException {
        assertThat(resume()).startsWith("goes on from checkpoint file:").endsWith("/job/chk-7");
        assertThat(from()).endsWith("/job/chk-7");
        assertThat(job.get(StateRecoveryOptions.RESTORE_MODE)).isEqualTo(RecoveryClaimMode.CLAIM);
        assertThat(job.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY)).endsWith(directory.toString());
    }

    @Test
    void aStateThatIsNamedGoesFirst() throws IOException {
        job.set(StateRecoveryOptions.SAVEPOINT_PATH, "s3://b/savepoint-1");
        assertThat(resume())
                .startsWith("goes on from s3://b/savepoint-1, which execution.state-recovery.path names, not from ");
        assertThat(from()).isEqualTo("s3://b/savepoint-1");
        assertThat(job.contains(StateRecoveryOptions.RESTORE_MODE)).isFalse();
    }

    @Test
    void soDoesTheOneThatFlinkRunNames() throws IOException {
        given.set(StateRecoveryOptions.SAVEPOINT_PATH, "s3://b/savepoint-2");
        assertThat(resume()).startsWith("goes on from s3://b/savepoint-2, ");
        assertThat(from()).isNull();
    }

    @Test
    void whereAJobHasEndedNoneGoesOnOrBeginsAnew() throws IOException {
        Instant until = Instant.parse("2026-01-31T09:00:00Z");
        checkpointed("job/chk-7", Instant.EPOCH);
        new RetainedCheckpoints(directory.toUri().toString()).end(until);
        assertThatIOException()
                .isThrownBy(this::resume)
                .withMessageStartingWith("Cannot go on from file:")
                .withMessageContaining("has ended, with all that arrived before 2026-01-31T09:00:00Z (begin anew with");

        Files.delete(directory.resolve("job/chk-7/_metadata"));
        assertThatIOException().isThrownBy(this::resume).withMessageStartingWith("Cannot go on from file:");
        assertThat(from()).isNull();
    }

    @Test
    void aCheckpointThatIsNewerThanTheEndOfAnotherJobCounts() throws IOException {
        new RetainedCheckpoints(directory.toUri().toString()).end(Instant.EPOCH);
        checkpointed("job/chk-7", Instant.now().plusSeconds(60));

        assertThat(resume()).startsWith("goes on from checkpoint ");
    }

    private void checkpointed(String path, Instant time) throws IOException {
        Files.setLastModifiedTime(directory.resolve(path).resolve("_metadata"), FileTime.from(time));
    }
}
