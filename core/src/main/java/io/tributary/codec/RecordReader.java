package io.tributary.codec;

import io.tributary.schema.Outcome;
import io.tributary.schema.Tally;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads records one at a time and keeps none. A bad one is a rejection with its line number, and
 * reading goes on behind it. An I/O error while reading is an {@link UncheckedIOException}.
 *
 * @param <R> the record
 */
public abstract sealed class RecordReader<R> implements Iterator<Outcome<R>>, Closeable
        permits JsonLinesReader, CsvTableReader {
    private @Nullable Outcome<R> next;
    private long accepted;
    private long rejected;

    RecordReader() {}

    /** The next outcome, or null at the end of the input. */
    abstract @Nullable Outcome<R> advance() throws IOException;

    @Override
    public final boolean hasNext() {
        if (next == null) {
            try {
                next = advance();
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }
        return next != null;
    }

    @Override
    public final Outcome<R> next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException("Cannot read on: the input has ended");
        }
        Outcome<R> outcome = next;
        next = null;
        if (outcome instanceof Outcome.Accepted<R>) {
            accepted++;
        } else {
            rejected++;
        }
        return outcome;
    }

    /** What {@link #next} has given so far. */
    public final Tally tally() {
        return new Tally(accepted, rejected);
    }

    /** The rest of the input; closing the stream closes this reader. */
    public final Stream<Outcome<R>> stream() {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .onClose(() -> {
                    try {
                        close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e.getMessage(), e);
                    }
                });
    }
}
