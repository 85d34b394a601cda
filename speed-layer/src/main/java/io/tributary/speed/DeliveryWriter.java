package io.tributary.speed;

import io.tributary.lake.LakeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines to files, one open file a directory, and ends all of them before each barrier. It has no state:
 * what is not handed over with a checkpoint is written again.
 */
final class DeliveryWriter<E> extends AbstractStreamOperator<Delivery>
        implements OneInputStreamOperator<E, Delivery>, BoundedOneInput {
    private static final long serialVersionUID = 1L;
    private static final int MOST_OPEN_FILES = 64;

    private final LakeDirectory lake;
    private final long maxBytes;
    private final Lines.Format<E> format;

    private transient @Nullable RecoverableWriter files;
    private transient @Nullable Lines<E> lines;
    private transient boolean force;
    /** Of this attempt: one that follows it never writes to the same name. */
    private transient String prefix = "";

    private transient int count;
    private transient ByteArrayOutputStream line = new ByteArrayOutputStream();
    private transient Map<String, PartFile> open = new LinkedHashMap<>();

    DeliveryWriter(LakeDirectory lake, long maxBytes, Lines.Format<E> format) {
        this.lake = lake;
        this.maxBytes = maxBytes;
        this.format = format;
    }

    @Override
    public void open() throws Exception {
        super.open();
        files = lake.writer();
        force = lake.isOnDisk();
        lines = format.open();
        prefix = "part-" + UUID.randomUUID();
        count = 0;
        line = new ByteArrayOutputStream(1024);
        open = new LinkedHashMap<>();
    }

    private RecoverableWriter files() {
        return Objects.requireNonNull(files, "open() first");
    }

    @Override
    public void processElement(StreamRecord<E> element) throws IOException {
        Lines<E> known = Objects.requireNonNull(lines, "open() first");
        Optional<Delivery.Mark> mark = known.mark(element.getValue());
        if (mark.isPresent()) {
            output.collect(new StreamRecord<>(mark.get()));
            return;
        }
        line.reset();
        known.write(element.getValue(), line);
        append(known.directory(element.getValue()));
    }

    private void append(String directory) throws IOException {
        PartFile file = open.get(directory);
        if (file == null) {
            if (open.size() == MOST_OPEN_FILES) {
                end(open.keySet().iterator().next());
            }
            String name = LakeFile.nameOf(prefix, count++);
            file = new PartFile(directory, name, files().open(lake.path(directory + name)));
            open.put(directory, file);
        }
        file.append(line);
        if (file.bytes() >= maxBytes) {
            end(directory);
        }
    }

    private void end(String directory) throws IOException {
        PartFile file = open.get(directory);
        if (file != null) {
            output.collect(new StreamRecord<>(file.end(files(), force)));
            open.remove(directory);
        }
    }

    private void endAll() throws IOException {
        for (String directory : List.copyOf(open.keySet())) {
            end(directory);
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws IOException {
        endAll();
    }

    @Override
    public void endInput() throws IOException {
        endAll();
    }

    @Override
    public void close() throws Exception {
        if (open != null) {
            IOUtils.closeAllQuietly(open.values());
        }
        super.close();
    }
}
