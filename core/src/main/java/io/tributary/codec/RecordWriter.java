package io.tributary.codec;

import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;

/**
 * Writes records, buffered: they are all written only once it is closed or flushed. A record that
 * cannot be written leaves no trace of itself in the output.
 *
 * @param <R> the record
 */
public abstract sealed class RecordWriter<R> implements Closeable, Flushable permits JsonLinesWriter, CsvTableWriter {
    private long written;

    RecordWriter() {}

    abstract void append(R row) throws IOException;

    /**
     * Writes a record.
     *
     * @throws IllegalArgumentException when it lacks a required value or has one outside its type's limits
     */
    public final void write(R row) throws IOException {
        append(row);
        written++;
    }

    public final void writeAll(Iterable<? extends R> rows) throws IOException {
        for (R row : rows) {
            write(row);
        }
    }

    /** The number of records written so far. */
    public final long written() {
        return written;
    }
}
