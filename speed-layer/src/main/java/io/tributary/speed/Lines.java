package io.tributary.speed;

import io.tributary.codec.JsonLines;
import io.tributary.codec.RecordWriter;
import io.tributary.lake.RejectJson;
import io.tributary.partition.ErrorPrefix;
import io.tributary.partition.PartitionCursor;
import io.tributary.partition.PartitionLayout;
import io.tributary.schema.Outcome;
import io.tributary.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.time.InstantSource;
import java.util.Optional;

/** Tells what becomes of an element in the files of a lake. For one task. */
interface Lines<E> {
    /** Makes the lines of a task. */
    @FunctionalInterface
    interface Format<E> extends Serializable {
        Lines<E> open();
    }

    /** An element that is no line but goes along with the files. */
    Optional<Delivery.Mark> mark(E element);

    /** The directory in the lake where the line belongs, with a slash at its end. */
    String directory(E element);

    void write(E element, ByteArrayOutputStream line) throws IOException;

    static <R> Format<LakeInput<R>> ofRecords(PartitionLayout layout, Schema<R> schema) {
        return () -> new OfRecords<>(layout.cursor(), JsonLines.of(schema));
    }

    static <R> Format<Outcome.Rejected<R>> ofRejects(ErrorPrefix prefix, InstantSource clock) {
        return () -> new OfRejects<>(prefix, ErrorPrefix.randomText(), clock);
    }

    /** Records, in the directories of their partitions. */
    final class OfRecords<R> implements Lines<LakeInput<R>> {
        private final PartitionCursor partitions;
        private final ByteArrayOutputStream encoded = new ByteArrayOutputStream(1024);
        private final RecordWriter<R> encoder;

        OfRecords(PartitionCursor partitions, JsonLines<R> format) {
            this.partitions = partitions;
            this.encoder = format.write(encoded);
        }

        @Override
        public Optional<Delivery.Mark> mark(LakeInput<R> input) {
            return input instanceof LakeInput.Marked<R> marked ? Optional.of(marked.mark()) : Optional.empty();
        }

        @Override
        public String directory(LakeInput<R> input) {
            return partitions.partitionOf(arrived(input).partition()).path();
        }

        @Override
        public void write(LakeInput<R> input, ByteArrayOutputStream line) throws IOException {
            encoded.reset();
            encoder.write(arrived(input).value());
            encoder.flush();
            encoded.writeTo(line);
        }

        private static <R> Arrived<R> arrived(LakeInput<R> input) {
            return ((LakeInput.Row<R>) input).arrived();
        }
    }

    /** Rejected inputs with their reasons, in the error prefix of the time when they are written. */
    record OfRejects<R>(ErrorPrefix prefix, String randomText, InstantSource clock)
            implements Lines<Outcome.Rejected<R>> {
        private static final String ERROR_TYPE = "format-conversion-failed";

        @Override
        public Optional<Delivery.Mark> mark(Outcome.Rejected<R> rejected) {
            return Optional.empty();
        }

        @Override
        public String directory(Outcome.Rejected<R> rejected) {
            return prefix.path(clock.instant(), ERROR_TYPE, randomText);
        }

        @Override
        public void write(Outcome.Rejected<R> rejected, ByteArrayOutputStream line) throws IOException {
            RejectJson.write(rejected, clock.instant(), line);
        }
    }
}
