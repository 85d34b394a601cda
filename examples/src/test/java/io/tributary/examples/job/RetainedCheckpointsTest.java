package io.tributary.examples.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
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
        assertThat(job.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY)).endsWith(directory.toString());
    }

    @Test
    void aStateThatIsNamedGoesFirst() throws IOException {
        job.set(StateRecoveryOptions.SAVEPOINT_PATH, "s3://b/savepoint-1");
        assertThat(resume())
                .startsWith("goes on from s3://b/savepoint-1, which execution.state-recovery.path names, not from ");
        assertThat(from()).isEqualTo("s3://b/savepoint-1");
    }

    @Test
    void soDoesTheOneThatFlinkRunNames() throws IOException {
        given.set(StateRecoveryOptions.SAVEPOINT_PATH, "s3://b/savepoint-2");
        assertThat(resume()).startsWith("goes on from s3://b/savepoint-2, ");
        assertThat(from()).isNull();
    }
}
