package io.tributary.speed;

import io.tributary.lake.LakeFile;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter;

/** A file of a lake in the making: not visible before its checkpoint commits. */
final class PartFile implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final String directory;
    private final String name;
    private final RecoverableFsDataOutputStream file;
    private final BufferedOutputStream out;
    private final CRC32C checksum = new CRC32C();
    private long bytes;
    private long records;

    PartFile(String directory, String name, RecoverableFsDataOutputStream file) {
        this.directory = directory;
        this.name = name;
        this.file = file;
        this.out = new BufferedOutputStream(file, BUFFER_BYTES);
    }

    long bytes() {
        return bytes;
    }

    void append(ByteArrayOutputStream line) throws IOException {
        byte[] written = line.toByteArray();
        out.write(written);
        checksum.update(written);
        bytes += written.length;
        records++;
    }

    /** @param force whether the file system must be told to keep the bytes from the loss of power */
    Delivery.Part end(RecoverableWriter files, boolean force) throws IOException {
        out.flush();
        if (force) {
            file.sync();
        }
        RecoverableWriter.CommitRecoverable whole = file.closeForCommit().getRecoverable();
        return new Delivery.Part(
                directory,
                LakeFile.of(name, bytes, records, checksum.getValue()),
                files.getCommitRecoverableSerializer().getVersion(),
                ByteBuffer.wrap(files.getCommitRecoverableSerializer().serialize(whole)));
    }

    /** Gives it up. On a local disk a hidden file may stay behind. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
