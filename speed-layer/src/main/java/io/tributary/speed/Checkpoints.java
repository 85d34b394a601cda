package io.tributary.speed;

import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The checkpoints of a job, which commit what it gives to the outside. */
final class Checkpoints {
    private Checkpoints() {}

    /**
     * Refuses a job in which something would not be committed, or not once.
     *
     * @param what it cannot do then, for the message
     */
    static void require(StreamExecutionEnvironment environment, String what) {
        ReadableConfig configuration = environment.getConfiguration();
        CheckpointConfig checkpoints = environment.getCheckpointConfig();
        RuntimeExecutionMode mode = configuration.get(ExecutionOptions.RUNTIME_MODE);
        if (mode != RuntimeExecutionMode.STREAMING) {
            throw cannot(
                    what,
                    "the runtime mode is %s, in which nothing may be committed (set %s to STREAMING)"
                            .formatted(mode, ExecutionOptions.RUNTIME_MODE.key()));
        }
        if (!checkpoints.isCheckpointingEnabled()) {
            throw cannot(
                    what,
                    "checkpoints are disabled (enable them before, as %s)"
                            .formatted(CheckpointingOptions.CHECKPOINTING_INTERVAL.key()));
        }
        if (checkpoints.getCheckpointingConsistencyMode() != CheckpointingMode.EXACTLY_ONCE) {
            throw cannot(
                    what,
                    "checkpoints are %s (must be exactly once)"
                            .formatted(checkpoints.getCheckpointingConsistencyMode()));
        }
        if (!configuration.get(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH)) {
            throw cannot(
                    what,
                    "the end of the input would not be committed (enable %s)"
                            .formatted(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH.key()));
        }
    }

    /** The same of a sink that needs records to stay between the barriers where they were written. */
    static void requireAligned(StreamExecutionEnvironment environment, String what) {
        require(environment, what);
        if (environment.getCheckpointConfig().isUnalignedCheckpointsEnabled()) {
            throw cannot(
                    what,
                    "checkpoints are unaligned, so that records pass their marks (disable %s)"
                            .formatted(CheckpointingOptions.ENABLE_UNALIGNED.key()));
        }
    }

    private static IllegalStateException cannot(String what, String problem) {
        return new IllegalStateException("Cannot %s: %s".formatted(what, problem));
    }
}
