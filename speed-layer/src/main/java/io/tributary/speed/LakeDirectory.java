package io.tributary.speed;

import java.io.IOException;
import java.io.Serializable;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableWriter;

/**
 * Where the files of a lake are, on any file system of Flink's that can recover writes. Keys are paths within
 * the lake.
 */
record LakeDirectory(String location) implements Serializable {

    LakeDirectory {
        Path root = new Path(location);
        if (!root.isAbsolute()) {
            throw new IllegalArgumentException(
                    "Invalid location of a lake: %s (must be as s3://bucket/prefix/ or file:///directory/)"
                            .formatted(location));
        }
    }

    Path path(String key) {
        Path root = new Path(location);
        return key.isEmpty() ? root : new Path(root, key);
    }

    /** Closed by nobody: it is the process' own. */
    FileSystem files() throws IOException {
        return FileSystem.getUnguardedFileSystem(new Path(location).toUri());
    }

    RecoverableWriter writer() throws IOException {
        try {
            return files().createRecoverableWriter();
        } catch (UnsupportedOperationException e) {
            throw new IOException("Cannot write to %s exactly once: %s".formatted(location, e.getMessage()), e);
        }
    }

    /** Whether files are on a disk of this machine, which keeps them from power loss only when forced to. */
    boolean isOnDisk() throws IOException {
        return !files().isDistributedFS();
    }

    /**
     * Makes a whole file visible; to do it again does no harm.
     *
     * @throws IOException when it is not there afterwards in full size: it was deleted before it was committed
     */
    void commit(RecoverableWriter writer, Delivery.Part part) throws IOException {
        Path file = path(part.key());
        long found;
        try {
            writer.recoverForCommit(writer.getCommitRecoverableSerializer()
                            .deserialize(part.version(), part.recoverableBytes()))
                    .commitAfterRecovery();
            found = files().getFileStatus(file).getLen();
            if (isOnDisk()) {
                forceNames(part.key());
            }
        } catch (IOException e) {
            throw new IOException("Cannot commit %s: %s".formatted(file, e.getMessage()), e);
        }
        if (found != part.file().bytes()) {
            throw new IOException("Cannot commit %s: it has %d bytes (%d were written; restore it)"
                    .formatted(file, found, part.file().bytes()));
        }
    }

    /** Lets a file's name survive the loss of power: forces the directories from its own up to the lake. */
    void forceNames(String key) throws IOException {
        java.nio.file.Path root = java.nio.file.Path.of(new Path(location).getPath());
        for (java.nio.file.Path directory = root.resolve(key).getParent();
                directory != null && directory.startsWith(root);
                directory = directory.getParent()) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
