package io.tributary.batch.lake;

import io.tributary.partition.Partition;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A file in the making: hidden until it is whole. */
final class OpenFile {
    private static final int BUFFER_BYTES = 1 << 16;

    private final @Nullable Partition partition;
    private final Path visible;
    private final Path hidden;
    private final Instant openedAt;
    private final OutputStream out;
    private long bytes;
    private long lines;

    /** Where the bytes go; a test puts a full disk in its place. */
    @FunctionalInterface
    interface Storage {
        OutputStream create(Path file) throws IOException;
    }

    /** @param partition null for a file of rejected inputs, which no seal closes */
    OpenFile(@Nullable Partition partition, Path visible, Instant openedAt, Storage storage) throws IOException {
        this.partition = partition;
        this.visible = visible;
        this.hidden = visible.resolveSibling("." + visible.getFileName());
        this.openedAt = openedAt;
        Files.createDirectories(visible.resolveSibling(""));
        this.out = new BufferedOutputStream(storage.create(hidden), BUFFER_BYTES);
    }

    Path visible() {
        return visible;
    }

    Instant openedAt() {
        return openedAt;
    }

    long bytes() {
        return bytes;
    }

    long lines() {
        return lines;
    }

    boolean isOfRejects() {
        return partition == null;
    }

    void append(ByteArrayOutputStream line) throws IOException {
        line.writeTo(out);
        bytes += line.size();
        lines++;
    }

    void publish(Sealing sealing) throws IOException {
        out.close();
        sealing.publish(partition, hidden, visible);
    }

    void discard() {
        try (OutputStream closing = out) {
            Files.deleteIfExists(hidden);
        } catch (IOException e) {
            // It is hidden: whether it goes or stays, nobody reads it.
        }
    }
}
