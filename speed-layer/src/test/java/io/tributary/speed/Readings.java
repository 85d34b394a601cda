package io.tributary.speed;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import io.tributary.schema.Schema;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** Values that are in no schema, with an accumulator that is changed in place. */
final class Readings {
    static final Column<Reading, LocalDateTime> TIME = Column.dateTime("time", Reading::time);
    static final Schema<Reading> SCHEMA = Schema.of(
            "reading",
            Reading.class,
            Column.text("sensor", Reading::sensor),
            TIME,
            Column.of("value", ColumnType.longInteger(), Reading::value));
    static final TypeInformation<long[]> SUM_TYPE = TypeInformation.of(long[].class);
    static final int MAX_PARALLELISM = 16;

    private Readings() {}

    record Reading(String sensor, LocalDateTime time, long value) {
        Reading(String sensor, long second, long value) {
            this(sensor, LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC), value);
        }
    }

    static final class Sum implements Combiner<Reading, long[]> {
        private static final long serialVersionUID = 1L;

        @Override
        public long[] create() {
            return new long[1];
        }

        @Override
        public long[] add(long[] sum, Reading reading) {
            sum[0] += reading.value();
            return sum;
        }

        @Override
        public long[] merge(long[] into, long[] other) {
            into[0] += other[0];
            return into;
        }

        @Override
        public long[] copy(long[] sum) {
            return sum.clone();
        }
    }

    static StreamRecord<Contribution<String, long[]>> contribution(String sensor, long slice, long value) {
        return new StreamRecord<>(new Contribution<>(sensor, slice, new long[] {value}, 1));
    }

    static <K, A, P, E, OUT> KeyedOneInputStreamOperatorTestHarness<P, Contribution<K, A>, OUT> harness(
            SliceOperator<K, P, E, A, OUT> operator, StateLayout<K, P, E> layout, int parallelism, int subtask)
            throws Exception {
        KeySelector<Contribution<K, A>, P> place =
                contribution -> layout.placeOf(contribution.slice(), contribution.key());
        return new KeyedOneInputStreamOperatorTestHarness<>(
                operator, place, layout.placeType(), MAX_PARALLELISM, parallelism, subtask);
    }

    static StateLayout<String, String, Long> bySensor() {
        return new StateLayout.ByKey<>(Types.STRING);
    }
}
