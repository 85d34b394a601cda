package io.tributary.speed.kinesis;

import io.tributary.schema.Outcome;
import io.tributary.schema.Schema;
import io.tributary.speed.Identified;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;

/**
 * Makes values of records within the source, so that watermarks by a value's own time are kept shard by
 * shard. One record may give none, one or several. An exception fails the job.
 *
 * @param <T> the value
 */
public interface KinesisDecoder<T> extends Serializable {
    void decode(KinesisRecord record, Collector<T> out) throws IOException;

    TypeInformation<T> type();

    /** Reads each record as a JSON line; what is none is given as rejected, with its reason. */
    static <R> KinesisDecoder<Outcome<R>> json(Schema<R> schema) {
        return new JsonOutcome<>(schema);
    }

    /** Finds the id of a record in its bytes. */
    @FunctionalInterface
    interface IdReader extends Serializable {
        /** Empty when it has none. */
        Optional<String> idOf(byte[] data);
    }

    /** Likewise, with the id by which copies of a record are found, for {@link io.tributary.speed.Duplicates}. */
    static <R> KinesisDecoder<Identified<R>> identifiedJson(Schema<R> schema, IdReader ids) {
        return new JsonIdentified<>(schema, ids);
    }
}
