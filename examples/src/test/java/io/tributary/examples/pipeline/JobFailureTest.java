package io.tributary.examples.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.client.JobExecutionException;
import org.junit.jupiter.api.Test;

class JobFailureTest {
    @Test
    void aJobFailedForWhatCouldNotBeDone() {
        Exception reason = new IllegalStateException(
                "Cannot go on from a checkpoint at 10:00: the lake is sealed up to 11:00", new RuntimeException("x"));
        Exception recovery = new RuntimeException("Recovery is suppressed by NoRestartBackoffTimeStrategy", reason);

        assertThat(JobFailure.reason(new JobExecutionException(new JobID(), "Job execution failed.", recovery)))
                .isEqualTo("Cannot go on from a checkpoint at 10:00: the lake is sealed up to 11:00");
    }

    @Test
    void elseForItsLastCause() {
        Exception failure = new JobExecutionException(new JobID(), "Job execution failed.", new RuntimeException("x"));

        assertThat(JobFailure.reason(failure)).isEqualTo("x");
    }
}
