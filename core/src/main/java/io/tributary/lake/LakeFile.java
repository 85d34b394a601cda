package io.tributary.lake;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Locale;
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
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long EACH_LOWEST_BIT = 0x0101010101010101L;
    private static final long EACH_HIGHEST_BIT = EACH_LOWEST_BIT << 7;
    private static final long LINE_FEEDS = EACH_LOWEST_BIT * '\n';

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

    /** The name of the JSON lines that a writer puts somewhere, by their number; in ASCII whatever the locale. */
    public static String nameOf(String writer, long number) {
        return String.format(Locale.ROOT, "%s-%06d.json", writer, number);
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
            int i = 0;
            while (i < length) {
                if (blank) {
                    last = buffer[i++];
                    if (last > ' ' || last < 0) {
                        records++;
                        blank = false;
                    }
                } else {
                    i = endOfLine(buffer, i, length);
                    blank = i < length;
                    last = blank ? buffer[i++] : buffer[length - 1];
                }
            }
        }
        if (last != '\n') {
            throw new IllegalArgumentException("it ends within a line (remove it, or write it again whole)");
        }
        return of(name, bytes, records, checksum.getValue());
    }

    /** The index of the next line feed, or the length; eight bytes at a time, as a compaction reads whole lakes. */
    private static int endOfLine(byte[] buffer, int from, int length) {
        int i = from;
        while (i <= length - Long.BYTES && !hasLineFeed((long) EIGHT_BYTES.get(buffer, i))) {
            i += Long.BYTES;
        }
        while (i < length && buffer[i] != '\n') {
            i++;
        }
        return i;
    }

    /** A line feed differs by zero, which alone has its highest bit set by taking one away. */
    private static boolean hasLineFeed(long bytes) {
        long differences = bytes ^ LINE_FEEDS;
        return ((differences - EACH_LOWEST_BIT) & ~differences & EACH_HIGHEST_BIT) != 0;
    }
}
