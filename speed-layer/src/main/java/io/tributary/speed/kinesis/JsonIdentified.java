package io.tributary.speed.kinesis;

import io.tributary.schema.Schema;
import io.tributary.speed.Identified;
import io.tributary.speed.Records;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;

/** Reads a record as a JSON line that may have an id. */
final class JsonIdentified<R> implements KinesisDecoder<Identified<R>> {
    private static final long serialVersionUID = 1L;

    private final Schema<R> schema;
    private final IdReader ids;
    private final JsonOutcome<R> lines;

    JsonIdentified(Schema<R> schema, IdReader ids) {
        this.schema = schema;
        this.ids = ids;
        this.lines = new JsonOutcome<>(schema);
    }

    @Override
    public void decode(KinesisRecord record, Collector<Identified<R>> out) {
        out.collect(new Identified<>(ids.idOf(record.data()).orElse(null), lines.outcomeOf(record)));
    }

    @Override
    public TypeInformation<Identified<R>> type() {
        return Records.identifiedOf(schema);
    }
}
