package io.tributary.batch.lake;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * A file of a sealed partition, as its manifest names it.
 *
 * @param name within the partition's directory; not hidden
 * @param bytes its size
 * @param records the number of its lines that are not blank
 * @param crc32c the checksum of its bytes, as eight hexadecimal digits
 */
public record LakeFile(String name, long bytes, long records, String crc32c) {
    private static final Pattern CHECKSUM = Pattern.compile("[0-9a-f]{8}");
    private static final int BUFFER_BYTES = 1 << 16;

    public LakeFile {
        if (name.isEmpty() || isHidden(name) || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            throw new IllegalArgumentException(
                    "Invalid file of a partition: %s (must be a name without a directory that begins with neither . nor _)"
                            .formatted(name));
        }
        if (bytes < 0
                || records < 0
                || records > bytes
                || !CHECKSUM.matcher(crc32c).matches()) {
            throw new IllegalArgumentException(
                    "Invalid file of a partition: %s has %d bytes, %d records, checksum %s (a record has at least one byte,"
                                    .formatted(name, bytes, records, crc32c)
                            + " a checksum eight hexadecimal digits)");
        }
    }

    /** Whether readers of hive partitions, Athena among them, pass a file of this name by. */
    static boolean isHidden(String name) {
        return name.startsWith(".") || name.startsWith("_");
    }

    /**
     * Reads a file to its end and tells what it holds.
     *
     * @throws IOException when it cannot be read, or ends within a line
     */
    static LakeFile measure(LakeStorage storage, String key) throws IOException {
        String file = storage.describe(key);
        CRC32C checksum = new CRC32C();
        byte[] buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        long records = 0;
        boolean blank = true;
        byte last = '\n';
        try (InputStream in = storage.read(key)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                checksum.update(buffer, 0, length);
                bytes += length;
                for (int i = 0; i < length; i++) {
                    last = buffer[i];
                    if (last == '\n') {
                        records += blank ? 0 : 1;
                        blank = true;
                    } else if (last > ' ' || last < 0) {
                        blank = false;
                    }
                }
            }
        } catch (IOException e) {
            throw FileFailure.cannot("read", file, e);
        }
        if (last != '\n') {
            throw new IOException(
                    "Cannot seal %s: it ends within a line (remove it, or write it again whole)".formatted(file));
        }
        return new LakeFile(
                key.substring(key.lastIndexOf('/') + 1), bytes, records, "%08x".formatted(checksum.getValue()));
    }
}
