package io.tributary.batch.lake;

import io.tributary.codec.JsonLines;
import io.tributary.codec.RecordWriter;
import io.tributary.lake.LakeFile;
import io.tributary.lake.Manifest;
import io.tributary.lake.RejectJson;
import io.tributary.partition.ErrorPrefix;
import io.tributary.partition.Partition;
import io.tributary.partition.PartitionCursor;
import io.tributary.schema.Outcome;
import io.tributary.schema.Tally;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes records into the partitions of their ingest times, and rejected inputs with their reasons
 * into the error prefix. For one thread.
 *
 * <p>A file becomes visible in one step, when it is whole: as it reaches its size or its age, at
 * {@link #flush()}, at {@link #seal} and at {@link #close()}. Ages are looked at with every record.
 * {@link #acknowledged()} counts what is visible. After an I/O error nothing more can be written, no
 * half of a file is seen, and the message tells what is safe and what must be sent again. Files
 * survive a crash of the process; a loss of power may take the last ones.
 *
 * @param <R> the record
 */
public final class LakeWriter<R> implements Closeable, Flushable {
    static final OpenFile.Storage FILE_SYSTEM = file -> Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
    private static final int MOST_OPEN_FILES = 64;

    private final LocalLake<R> lake;
    private final WriterOptions options;
    private final OpenFile.Storage storage;
    private final PartitionCursor cursor;
    private final String filePrefix;
    private final String randomText = ErrorPrefix.randomText();
    private final RecordWriter<R> encoder;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private final Map<String, OpenFile> open = new LinkedHashMap<>();
    private final Set<Partition> partitions = new LinkedHashSet<>();
    private final List<Path> begun = new ArrayList<>();
    private Tally acknowledged = Tally.ZERO;
    private Tally written = Tally.ZERO;
    private int files;
    private boolean ended;

    LakeWriter(LocalLake<R> lake, WriterOptions options, OpenFile.Storage storage) {
        this(lake, options, storage, "part-" + UUID.randomUUID());
    }

    LakeWriter(LocalLake<R> lake, WriterOptions options, OpenFile.Storage storage, String filePrefix) {
        this.lake = lake;
        this.options = options;
        this.storage = storage;
        this.cursor = lake.layout().cursor();
        this.filePrefix = filePrefix;
        this.encoder = JsonLines.of(lake.schema()).write(line);
    }

    /**
     * Writes a record.
     *
     * @throws IllegalArgumentException when the record has no JSON line; the writer goes on
     * @throws IllegalStateException when the partition is sealed or the writer has ended
     * @throws IOException when it cannot be stored; the writer has ended
     */
    public void write(R record, Instant ingestTime) throws IOException {
        checkOpen();
        line.reset();
        encoder.write(record);
        encoder.flush();
        Partition partition = cursor.partitionOf(ingestTime);
        if (!open.containsKey(partition.path()) && lake.sealing().isSealed(partition)) {
            throw lake.sealing().sealed(partition);
        }
        written = written.plus(new Tally(1, 0));
        append(partition.path(), partition);
        rollAged();
    }

    /**
     * Writes a rejected input with its reason.
     *
     * @param errorType names its directory, such as {@code processing-failed}
     * @throws IllegalStateException when the writer has ended
     * @throws IOException when it cannot be stored; the writer has ended
     */
    public void reject(String errorType, Outcome.Rejected<?> rejected, Instant ingestTime) throws IOException {
        checkOpen();
        line.reset();
        RejectJson.write(rejected, ingestTime, line);
        written = written.plus(new Tally(0, 1));
        append(options.errorPrefix().path(ingestTime, errorType, randomText), null);
        rollAged();
    }

    private void append(String directory, @Nullable Partition partition) throws IOException {
        OpenFile file = open.get(directory);
        if (file == null && open.size() == MOST_OPEN_FILES) {
            publish(open.keySet().iterator().next());
        }
        Path target = file == null
                ? lake.root().resolve(directory).resolve(LakeFile.nameOf(filePrefix, files++))
                : file.visible();
        try {
            if (file == null) {
                begun.add(target);
                if (partition != null) {
                    partitions.add(partition);
                }
                file = new OpenFile(partition, target, lake.clock().instant(), storage);
                open.put(directory, file);
            }
            file.append(line);
        } catch (IOException e) {
            throw fail(target, e);
        }
        if (file.bytes() >= options.maxBytes()) {
            publish(directory);
        }
    }

    /** Ends the files that have reached their age. Called with every record; a caller that waits for records may call it, too. */
    public void rollAged() throws IOException {
        Instant oldest = lake.clock().instant().minus(options.maxAge());
        // In the order of opening: the first young one ends the search.
        while (!open.isEmpty()) {
            Map.Entry<String, OpenFile> first = open.entrySet().iterator().next();
            if (first.getValue().openedAt().isAfter(oldest)) {
                return;
            }
            publish(first.getKey());
        }
    }

    /** Makes all that was written visible. */
    @Override
    public void flush() throws IOException {
        checkOpen();
        for (String directory : new ArrayList<>(open.keySet())) {
            publish(directory);
        }
    }

    /** Makes what was written to a partition visible and seals it. */
    public Manifest seal(Partition partition) throws IOException {
        checkOpen();
        if (open.containsKey(partition.path())) {
            publish(partition.path());
        }
        return lake.seal(partition);
    }

    /** How many records and rejected inputs are visible, and safe. */
    public Tally acknowledged() {
        return acknowledged;
    }

    private void publish(String directory) throws IOException {
        OpenFile file = open.get(directory);
        if (file == null) {
            return;
        }
        try {
            file.publish(lake.sealing());
        } catch (IOException e) {
            throw fail(file.visible(), e);
        } catch (IllegalStateException e) {
            end();
            throw new IllegalStateException("%s; %s".formatted(e.getMessage(), losses()), e);
        }
        open.remove(directory);
        acknowledged = acknowledged.plus(file.isOfRejects() ? new Tally(0, file.lines()) : new Tally(file.lines(), 0));
    }

    private IOException fail(Path file, IOException cause) {
        end();
        return new IOException("Cannot write %s: %s; %s".formatted(file, FileFailure.reason(cause), losses()), cause);
    }

    private String losses() {
        return "%d records and %d rejects are safe, %d and %d since then are not (remove the cause and send them again)"
                .formatted(
                        acknowledged.accepted(),
                        acknowledged.rejected(),
                        written.accepted() - acknowledged.accepted(),
                        written.rejected() - acknowledged.rejected());
    }

    private void end() {
        ended = true;
        for (Iterator<OpenFile> rest = open.values().iterator(); rest.hasNext(); rest.remove()) {
            rest.next().discard();
        }
    }

    /**
     * Ends the writer, also after a failure: makes nothing more visible, and deletes what it has made visible, rejected
     * inputs too, with the directories that are empty then.
     *
     * @throws IllegalStateException when one of its partitions is sealed; nothing is deleted then
     */
    public void discard() throws IOException {
        end();
        lake.sealing().discard(partitions, begun);
        for (Path file : begun) {
            deleteEmptyAbove(file);
        }
    }

    private void deleteEmptyAbove(Path file) {
        try {
            Path directory = file.resolveSibling("");
            while (!directory.equals(lake.root()) && !Files.isSymbolicLink(directory)) {
                Files.delete(directory);
                directory = directory.resolveSibling("");
            }
        } catch (IOException e) {
            // It is not empty, or gone: either way not ours to delete.
        }
    }

    private void checkOpen() {
        if (ended) {
            throw new IllegalStateException(
                    "Cannot write to %s: the writer is closed or has failed (open another)".formatted(lake.root()));
        }
    }

    /** Makes all that was written visible, unless the writer has ended. */
    @Override
    public void close() throws IOException {
        if (!ended) {
            flush();
            end();
            encoder.close();
        }
    }
}
