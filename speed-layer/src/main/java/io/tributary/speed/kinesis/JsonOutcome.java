package io.tributary.speed.kinesis;

import io.tributary.codec.JsonLines;
import io.tributary.schema.Outcome;
import io.tributary.schema.Schema;
import io.tributary.speed.Records;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Reads a record as a JSON line. */
final class JsonOutcome<R> implements KinesisDecoder<Outcome<R>> {
    private static final long serialVersionUID = 1L;

    private final Schema<R> schema;
    private transient @Nullable JsonLines<R> format;

    JsonOutcome(Schema<R> schema) {
        this.schema = schema;
    }

    Outcome<R> outcomeOf(KinesisRecord record) {
        JsonLines<R> lines = format;
        if (lines == null) {
            lines = JsonLines.of(schema);
            format = lines;
        }
        return lines.decode(record.data());
    }

    @Override
    public void decode(KinesisRecord record, Collector<Outcome<R>> out) {
        out.collect(outcomeOf(record));
    }

    @Override
    public TypeInformation<Outcome<R>> type() {
        return Records.outcomesOf(schema);
    }
}
