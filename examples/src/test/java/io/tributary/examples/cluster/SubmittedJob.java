package io.tributary.examples.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.core.execution.SavepointFormatType;

/** The job jar on a cluster, submitted as {@code flink run} does and again from its newest checkpoint. */
final class SubmittedJob implements AutoCloseable {
    private static final Pattern CHECKPOINT = Pattern.compile("chk-(\\d+)");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(200);

    private final FlinkCluster cluster;
    private final Path jar;
    private final List<String> options;
    private final RestClusterClient<String> client;
    private JobID id = new JobID();

    /** @param options of the job */
    SubmittedJob(FlinkCluster cluster, Path jar, List<String> options) throws Exception {
        this.cluster = cluster;
        this.jar = jar;
        this.options = options;
        this.client = cluster.client();
    }

    /** Submits it, from the newest checkpoint there is, and waits until it runs. */
    void submit() throws Exception {
        awaitCluster();
        id = new JobID();
        List<String> arguments =
                new ArrayList<>(List.of("run", "-t", "remote", "-d", "-D$internal.pipeline.job-id=" + id));
        newestCheckpoint().ifPresent(checkpoint -> arguments.addAll(List.of("-s", checkpoint.toString())));
        arguments.add(jar.toString());
        arguments.addAll(options);
        cluster.flink(arguments);
    }

    private void awaitCluster() throws Exception {
        await(
                () -> {
                    try {
                        return client.getClusterOverview()
                                        .get(10, TimeUnit.SECONDS)
                                        .getNumSlotsTotal()
                                > 0;
                    } catch (Exception e) {
                        return false;
                    }
                },
                "the cluster does not answer");
    }

    JobStatus status() throws Exception {
        return client.getJobStatus(id).get(10, TimeUnit.SECONDS);
    }

    /** The number of the newest complete checkpoint, 0 for none. */
    long checkpoint() {
        return newestCheckpoint().map(SubmittedJob::number).orElse(0L);
    }

    /** Waits until a checkpoint is complete that began after one. */
    void awaitCheckpointAfter(long checkpoint) throws Exception {
        await(() -> checkpoint() > checkpoint + 1, "no checkpoint after %d is complete".formatted(checkpoint));
    }

    /** Of all that the jobs of the cluster have left, complete ones only. */
    private Optional<Path> newestCheckpoint() {
        try (Stream<Path> files =
                Files.find(cluster.checkpoints(), 3, (path, attributes) -> path.endsWith("_metadata"))) {
            return files.map(Path::getParent).max(Comparator.comparingLong(SubmittedJob::number));
        } catch (IOException | UncheckedIOException e) {
            // A directory was removed meanwhile, or none is there yet.
            return Optional.empty();
        }
    }

    private static long number(Path checkpoint) {
        Matcher matcher = CHECKPOINT.matcher(checkpoint.getFileName().toString());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** Ends the input, which seals all partitions, and waits for the end. */
    void drain() throws Exception {
        String savepoints = cluster.directory().resolve("savepoints").toUri().toString();
        client.stopWithSavepoint(id, true, savepoints, SavepointFormatType.CANONICAL)
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        await(() -> status() == JobStatus.FINISHED, "the job does not end");
    }

    /** A condition that may fail to be asked. */
    @FunctionalInterface
    interface Condition {
        boolean isMet() throws Exception;
    }

    static void await(Condition condition, String otherwise) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.isMet()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Cannot go on: %s within %s".formatted(otherwise, PATIENCE));
            }
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
