package io.tributary.examples.bench;

import io.tributary.examples.pipeline.TemporaryDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsStatus;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A JVM of its own that runs the job of one plan and prints its outcome. */
final class ForkedJob {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final double NANOS = 1e9;
    private static final long NANOS_OF_MILLI = 1_000_000;
    private static final int KEPT_CHECKPOINTS = 10_000;
    static final int HEAP_MIB = 4_096;

    private ForkedJob() {}

    /**
     * Runs a plan.
     *
     * @throws IllegalStateException when the job fails, or completed too few checkpoints
     */
    static JobOutcome run(JobPlan plan) throws IOException, InterruptedException {
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            Path log = directory.path().resolve("log");
            Process process = start(plan, log);
            Thread killer = new Thread(process::destroyForcibly);
            Runtime.getRuntime().addShutdownHook(killer);
            try {
                String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                int code = process.waitFor();
                if (code != 0) {
                    Files.copy(log, System.err);
                    throw new IllegalStateException("Cannot run %s: it ended with code %d".formatted(plan, code));
                }
                return checked(plan, JobOutcome.parse(printed));
            } finally {
                process.destroyForcibly();
                forget(killer);
            }
        }
    }

    private static void forget(Thread killer) {
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException e) {
            // This process is ending; the hook runs.
        }
    }

    /** @param log for what Flink warns of, such as checkpoints that the end of the input cuts off */
    private static Process start(JobPlan plan, Path log) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx%dm".formatted(HEAP_MIB),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ForkedJob.class.getName(),
                        plan.toJson()))
                .redirectError(log.toFile())
                .start();
    }

    private static JobOutcome checked(JobPlan plan, JobOutcome outcome) {
        if (outcome.checkpoints() < Pace.CHECKPOINTS) {
            throw new IllegalStateException("Cannot count %s: it completed %d checkpoints (must be at least %d)"
                    .formatted(plan, outcome.checkpoints(), Pace.CHECKPOINTS));
        }
        return outcome;
    }

    public static void main(String[] arguments) {
        int code = 0;
        try {
            System.out.println(execute(JobPlan.parse(arguments[0])).toJson());
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            e.printStackTrace();
            code = 1;
        }
        // Threads of Flink's clients linger.
        System.exit(code);
    }

    private static JobOutcome execute(JobPlan plan) throws Exception {
        try (TemporaryDirectory checkpoints = TemporaryDirectory.create()) {
            Configuration configuration = configuration(plan, checkpoints.path());
            StreamExecutionEnvironment flink = new StreamExecutionEnvironment(configuration);
            plan.side().build(flink, plan);
            JobGraph job = flink.getStreamGraph().getJobGraph();
            try (MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                    .setConfiguration(configuration)
                    .setNumTaskManagers(1)
                    .setNumSlotsPerTaskManager(JobPlan.PARALLELISM)
                    .build())) {
                cluster.start();
                cluster.executeJobBlocking(job);
                return outcome(cluster.getExecutionGraph(job.getJobID())
                        .get()
                        .getCheckpointStatsSnapshot()
                        .getHistory()
                        .getCheckpoints());
            }
        }
    }

    private static JobOutcome outcome(List<AbstractCheckpointStats> checkpoints) {
        long nanos = Tally.lastNanos() - Pace.startNanos();
        long end = Pace.startMillis() + nanos / NANOS_OF_MILLI;
        List<AbstractCheckpointStats> completed = checkpoints.stream()
                .filter(checkpoint -> checkpoint.getStatus() == CheckpointStatsStatus.COMPLETED)
                .filter(checkpoint -> checkpoint.getTriggerTimestamp() >= Pace.startMillis()
                        && checkpoint.getLatestAckTimestamp() <= end)
                .toList();
        return new JobOutcome(
                nanos / NANOS,
                Pace.waitedNanos() / NANOS,
                Pace.usedProcessorNanos() / NANOS,
                Tally.rows(),
                Tally.fingerprint(),
                completed.size(),
                completed.stream()
                        .mapToLong(AbstractCheckpointStats::getStateSize)
                        .max()
                        .orElse(0));
    }

    private static Configuration configuration(JobPlan plan, Path checkpoints) {
        Configuration configuration = new Configuration();
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, JobPlan.PARALLELISM);
        configuration.set(JobManagerOptions.SCHEDULER, JobManagerOptions.SchedulerType.Default);
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(WebOptions.CHECKPOINTS_HISTORY_SIZE, KEPT_CHECKPOINTS);
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        configuration.set(PipelineOptions.OBJECT_REUSE, plan.objectReuse());
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(StateBackendOptions.STATE_BACKEND, plan.backend());
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, PATIENCE);
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(plan.interval()));
        configuration.set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, false);
        return configuration;
    }
}
