package io.tributary.examples.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The checkpoints that jobs have left in a directory: {@code JOB/chk-NUMBER}, complete when {@code _metadata}
 * is there.
 */
final class RetainedCheckpoints {
    private static final String COMPLETE = "_metadata";

    private final Path directory;

    RetainedCheckpoints(String directory) {
        this.directory = new Path(directory);
    }

    /**
     * Lets a job keep its checkpoints here, and go on from the state that is named, or else from the newest one here.
     *
     * @param given the settings of whoever starts the job, such as those of {@code flink run --fromSavepoint}
     * @return what it goes on from, for people
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
        Optional<String> newest = newest();
        newest.ifPresent(path -> job.set(StateRecoveryOptions.SAVEPOINT_PATH, path));
        return newest.map("goes on from checkpoint %s"::formatted)
                .orElse("no checkpoint in %s yet: begins anew".formatted(directory));
    }

    /** The path of the one that was completed last, by the clock of the file system. */
    Optional<String> newest() throws IOException {
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
        return complete.stream()
                .max(Comparator.comparingLong(FileStatus::getModificationTime))
                .map(metadata -> metadata.getPath().getParent().toString());
    }
}
