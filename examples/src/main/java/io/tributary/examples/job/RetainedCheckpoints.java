package io.tributary.examples.job;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The checkpoints that jobs have left in a directory: {@code JOB/chk-NUMBER}, complete when {@code _metadata}
 * is there. A job that ends by itself leaves none, but a mark with the instant up to which it has done all: to go on
 * from an older checkpoint, or to begin anew, would do that again.
 */
final class RetainedCheckpoints {
    private static final String COMPLETE = "_metadata";
    private static final String ENDED = "ended";

    private final Path directory;

    RetainedCheckpoints(String directory) {
        this.directory = new Path(directory);
    }

    /**
     * Lets a job keep its checkpoints here, and go on from the state that is named, or else from the newest one here,
     * which is then its own: it is deleted when the job has a newer one.
     *
     * @param given the settings of whoever starts the job, such as those of {@code flink run --fromSavepoint}
     * @return what it goes on from, for people
     * @throws IOException when the last job here has ended by itself
     */
    String resume(Configuration job, ReadableConfig given) throws IOException {
        job.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        job.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toString());
        Optional<String> named = job.getOptional(StateRecoveryOptions.SAVEPOINT_PATH)
                .or(() -> given.getOptional(StateRecoveryOptions.SAVEPOINT_PATH));
        if (named.isPresent()) {
            return "goes on from %s, which %s names, not from the newest checkpoint in %s"
                    .formatted(named.get(), StateRecoveryOptions.SAVEPOINT_PATH.key(), directory);
        }
        Optional<FileStatus> newest = newest();
        requireUnended(newest);
        if (newest.isEmpty()) {
            return "no checkpoint in %s yet: begins anew".formatted(directory);
        }
        String path = newest.get().getPath().getParent().toString();
        job.set(StateRecoveryOptions.SAVEPOINT_PATH, path);
        job.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
        return "goes on from checkpoint %s".formatted(path);
    }

    /** Notes that a job has done all that arrived before an instant, and has ended. */
    void end(Instant until) throws IOException {
        try (FSDataOutputStream mark = directory.getFileSystem().create(ended(), FileSystem.WriteMode.OVERWRITE)) {
            mark.write("%s%n".formatted(until).getBytes(StandardCharsets.UTF_8));
        }
    }

    private Path ended() {
        return new Path(directory, ENDED);
    }

    private void requireUnended(Optional<FileStatus> newest) throws IOException {
        FileSystem files = directory.getFileSystem();
        if (!files.exists(ended())) {
            return;
        }
        FileStatus mark = files.getFileStatus(ended());
        if (newest.isPresent() && newest.get().getModificationTime() > mark.getModificationTime()) {
            return;
        }
        try (InputStream text = files.open(ended())) {
            throw new IOException(
                    "Cannot go on from %s: the job that had its state there has ended, with all that arrived before %s (begin anew with another state, lake and table; a job without --until can go on)"
                            .formatted(directory, new String(text.readAllBytes(), StandardCharsets.UTF_8).strip()));
        }
    }

    /** The metadata of the one that was completed last, by the clock of the file system. */
    private Optional<FileStatus> newest() throws IOException {
        FileSystem files = directory.getFileSystem();
        if (!files.exists(directory)) {
            return Optional.empty();
        }
        List<FileStatus> complete = new ArrayList<>();
        for (FileStatus job : files.listStatus(directory)) {
            if (job.isDir()) {
                for (FileStatus checkpoint : files.listStatus(job.getPath())) {
                    Path metadata = new Path(checkpoint.getPath(), COMPLETE);
                    if (checkpoint.getPath().getName().startsWith("chk-") && files.exists(metadata)) {
                        complete.add(files.getFileStatus(metadata));
                    }
                }
            }
        }
        return complete.stream().max(Comparator.comparingLong(FileStatus::getModificationTime));
    }
}
