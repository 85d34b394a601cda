package io.tributary.examples.bench;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.jspecify.annotations.Nullable;

/**
 * A sink that keeps a count and a fingerprint of all rows of the process's only job, whatever their order, and when
 * the last of them came.
 *
 * @param question to which the rows are the answer: the same rows of another count as others
 * @param values of a row; equal ones have equal hash codes in all processes
 */
record Tally<T>(String question, Values<T> values) implements Sink<T> {
    private static final LongAdder ROWS = new LongAdder();
    private static final LongAdder FINGERPRINT = new LongAdder();
    private static final AtomicLong LAST_NANOS = new AtomicLong();
    private static final long ODD = 0x9E3779B97F4A7C15L;
    private static final int HALF = 32;

    /** What a row consists of. */
    @FunctionalInterface
    interface Values<T> extends Serializable {
        List<@Nullable Object> of(T row);
    }

    static long rows() {
        return ROWS.sum();
    }

    static long fingerprint() {
        return FINGERPRINT.sum();
    }

    static long lastNanos() {
        return LAST_NANOS.get();
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        return new Writer();
    }

    private final class Writer implements SinkWriter<T> {
        @Override
        public void write(T row, Context context) {
            long hash = question.hashCode();
            for (Object value : values.of(row)) {
                hash = (hash + Objects.hashCode(value)) * ODD;
                hash ^= hash >>> HALF;
            }
            ROWS.increment();
            FINGERPRINT.add(hash);
            LAST_NANOS.set(System.nanoTime());
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
    }
}
