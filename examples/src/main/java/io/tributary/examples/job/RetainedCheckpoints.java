package io.tributary.examples.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
