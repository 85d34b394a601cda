package io.tributary.speed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.IOUtils;

/** Writes lines to files, one open file a directory, and ends all of them at each checkpoint. */
final class DeliveryWriter<E> implements CommittingSinkWriter<E, Delivery> {
    private static final int MOST_OPEN_FILES = 64;

    private final LakeDirectory lake;
    private final RecoverableWriter files;
    private final boolean force;
    private final long maxBytes;
    private final Lines<E> lines;
    private final TaskInfo task;
    private final Counter written;
    /** Of this attempt: one that follows it never writes to the same name. */
    private final String prefix = "part-" + UUID.randomUUID();

    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private final Map<String, PartFile> open = new LinkedHashMap<>();
    private List<Delivery> ready = new ArrayList<>();
    private int count;
    private boolean ended;

    DeliveryWriter(LakeDirectory lake, long maxBytes, Lines<E> lines, TaskInfo task, Counter written)
            throws IOException {
        this.lake = lake;
        this.files = lake.writer();
        this.force = lake.isOnDisk();
        this.maxBytes = maxBytes;
        this.lines = lines;
        this.task = task;
        this.written = written;
    }

    @Override
    public void write(E element, Context context) throws IOException {
        Optional<Delivery.Mark> mark = lines.mark(element);
        if (mark.isPresent()) {
            ready.add(mark.get());
            return;
        }
        line.reset();
        lines.write(element, line);
        append(lines.directory(element));
        written.inc();
    }

    private void append(String directory) throws IOException {
        PartFile file = open.get(directory);
        if (file == null) {
            if (open.size() == MOST_OPEN_FILES) {
                end(open.keySet().iterator().next());
            }
            String name = "%s-%06d.json".formatted(prefix, count++);
            file = new PartFile(directory, name, files.open(lake.path(directory + name)));
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
            ready.add(file.end(files, force));
            open.remove(directory);
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
        for (String directory : List.copyOf(open.keySet())) {
            end(directory);
        }
        ended = endOfInput;
    }

    @Override
    public Collection<Delivery> prepareCommit() {
        List<Delivery> whole = ready;
        whole.add(new Delivery.Complete(
                task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks(), whole.size(), ended));
        ready = new ArrayList<>();
        return whole;
    }

    @Override
    public void close() throws Exception {
        IOUtils.closeAll(open.values());
    }
}
