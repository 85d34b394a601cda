package io.tributary.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * A text form of a schema's records. What {@link #write} writes, {@link #read} reads back as equal
 * records. Formats are immutable and safe for threads; their readers and writers are for one thread.
 *
 * @param <R> the record
 */
public sealed interface RecordFormat<R> permits JsonLines, CsvTable {

    /** Reads a stream, which the reader closes. */
    RecordReader<R> read(InputStream in) throws IOException;

    /** Writes to a stream, which the writer closes. */
    RecordWriter<R> write(OutputStream out) throws IOException;

    /**
     * Reads a file.
     *
     * @throws IOException naming the path and, in one line, why it cannot be read
     */
    default RecordReader<R> read(Path file) throws IOException {
        InputStream in = FileStreams.open(file);
        try {
            return read(in);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /**
     * Writes a file anew.
     *
     * @throws IOException naming the path and, in one line, why it cannot be written
     */
    default RecordWriter<R> write(Path file) throws IOException {
        return write(FileStreams.create(file));
    }
}
