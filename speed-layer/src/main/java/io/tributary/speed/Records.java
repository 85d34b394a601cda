package io.tributary.speed;

import io.tributary.schema.Outcome;
import io.tributary.schema.Schema;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The Flink type of the records of a schema: binary, null-aware, without reflection and without Kryo. */
public final class Records {
    private Records() {}

    /** For {@code stream.returns(…)}, sources and states. State is refused when names or types of columns have changed. */
    public static <R> TypeInformation<R> typeOf(Schema<R> schema) {
        return new DescribedType<>(schema.recordType(), new RecordSerializer<>(schema));
    }

    /** The type of what becomes of messages that should be such records. */
    public static <R> TypeInformation<Outcome<R>> outcomesOf(Schema<R> schema) {
        return new DescribedType<>(Outcome.class, new OutcomeSerializer<>(schema));
    }

    /** The same, of messages with ids. */
    public static <R> TypeInformation<Identified<R>> identifiedOf(Schema<R> schema) {
        return new DescribedType<>(Identified.class, new IdentifiedSerializer<>(schema));
    }
}
