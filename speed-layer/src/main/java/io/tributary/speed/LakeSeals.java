package io.tributary.speed;

import io.tributary.lake.LakeFile;
import io.tributary.lake.Manifest;
import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * The manifests of a lake, as the job that writes it sees them. Directories are looked through from the newest
 * on, so an answer about recent partitions costs the same in an old lake as in a young one.
 */
record LakeSeals(LakeDirectory lake, PartitionLayout layout) implements Serializable {

    /** Sees partitions, the newest first. */
    @FunctionalInterface
    private interface Visitor {
        /** Whether to go on. */
        boolean visit(Partition partition) throws IOException;
    }

    Optional<Partition> newest() throws IOException {
        List<Partition> found = new ArrayList<>();
        descend(layout.root(), partition -> {
            if (isSealed(partition)) {
                found.add(partition);
            }
            return found.isEmpty();
        });
        return found.stream().findFirst();
    }

    /** The sealed partitions that start at an instant or later, the newest first. */
    List<Partition> from(Instant start) throws IOException {
        return since(start, true);
    }

    /** The partitions that start at an instant or later and have a directory but no manifest, the newest first. */
    List<Partition> unsealedFrom(Instant start) throws IOException {
        return since(start, false);
    }

    private List<Partition> since(Instant start, boolean sealed) throws IOException {
        List<Partition> found = new ArrayList<>();
        descend(layout.root(), partition -> {
            if (partition.start().isBefore(start)) {
                return false;
            }
            if (isSealed(partition) == sealed) {
                found.add(partition);
            }
            return true;
        });
        return found;
    }

    private boolean descend(String directory, Visitor visitor) throws IOException {
        for (String name : directories(directory)) {
            String child = directory + name + "/";
            List<Partition> partition = layout.list(Stream.of(child));
            boolean goOn = partition.isEmpty() ? descend(child, visitor) : visitor.visit(partition.get(0));
            if (!goOn) {
                return false;
            }
        }
        return true;
    }

    private List<String> directories(String directory) throws IOException {
        @Nullable FileStatus[] found;
        try {
            found = lake.files().listStatus(lake.path(directory));
        } catch (FileNotFoundException e) {
            return List.of();
        } catch (IOException e) {
            throw new IOException("Cannot list %s: %s".formatted(lake.path(directory), e.getMessage()), e);
        }
        if (found == null) {
            return List.of();
        }
        return Arrays.stream(found)
                .filter(FileStatus::isDir)
                .map(status -> status.getPath().getName())
                .filter(name -> !LakeFile.isHidden(name))
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** Whether a partition has files that readers see. */
    boolean hasVisibleFiles(Partition partition) throws IOException {
        @Nullable FileStatus[] found = lake.files().listStatus(lake.path(partition.path()));
        return found != null
                && Arrays.stream(found)
                        .anyMatch(status -> status != null
                                && !LakeFile.isHidden(status.getPath().getName()));
    }

    private boolean isSealed(Partition partition) throws IOException {
        return lake.files().exists(manifestOf(partition));
    }

    /** Empty when the partition is not sealed. */
    Optional<Manifest> read(Partition partition) throws IOException {
        Path file = manifestOf(partition);
        if (!lake.files().exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = lake.files().open(file)) {
            return Optional.of(Manifest.read(in));
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("Cannot read manifest %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** Makes a manifest visible as a whole. */
    void put(Partition partition, Manifest manifest) throws IOException {
        Path file = manifestOf(partition);
        RecoverableFsDataOutputStream out = lake.writer().open(file);
        try {
            out.write(manifest.toJson().getBytes(StandardCharsets.UTF_8));
            if (lake.isOnDisk()) {
                out.sync();
            }
            out.closeForCommit().commit();
            if (lake.isOnDisk()) {
                lake.forceNames(partition.path() + Manifest.FILE_NAME);
            }
        } catch (IOException e) {
            IOUtils.closeQuietly(out);
            throw new IOException("Cannot write manifest %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    void withdraw(Partition partition) throws IOException {
        lake.files().delete(manifestOf(partition), false);
    }

    private Path manifestOf(Partition partition) {
        return lake.path(partition.path() + Manifest.FILE_NAME);
    }
}
