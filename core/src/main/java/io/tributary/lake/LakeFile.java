package io.tributary.lake;

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
    public static boolean isHidden(String name) {
        return name.startsWith(".") || name.startsWith("_");
    }

    /**
     * What was written to a file.
     *
     * @param checksum the value of a {@link CRC32C} over its bytes
     */
    public static LakeFile of(String name, long bytes, long records, long checksum) {
        return new LakeFile(name, bytes, records, "%08x".formatted(checksum));
    }

    /**
     * Reads a file to its end and tells what it holds. The stream stays open.
     *
     * @throws IllegalArgumentException when it ends within a line
     */
    public static LakeFile measure(String name, InputStream in) throws IOException {
        CRC32C checksum = new CRC32C();
        byte[] buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        long records = 0;
        boolean blank = true;
        byte last = '\n';
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
        if (last != '\n') {
            throw new IllegalArgumentException("it ends within a line (remove it, or write it again whole)");
        }
        return of(name, bytes, records, checksum.getValue());
    }
}
