package io.tributary.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.Product;
import io.tributary.retail.RetailViews;
import io.tributary.view.IngestSlice;
import io.tributary.view.Row;
import io.tributary.view.SlicePartial;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.Month;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class RecordsTest {
    private static final List<EnrichedOrder> ORDERS = Orders.random(1, 300);

    @Test
    void recordsComeBackAsTheyWere() throws IOException {
        for (EnrichedOrder order : ORDERS) {
            assertThat(roundTrip(Records.typeOf(EnrichedOrder.SCHEMA), order)).isEqualTo(order);
        }
    }

    @Test
    void slicesRowsAndChangesOfEveryViewComeBackAsTheyWere() throws IOException {
        for (View<EnrichedOrder> view : RetailViews.all()) {
            Slices<EnrichedOrder> slices = view.slices();
            slices.addAll(ORDERS);
            ViewTypes types = ViewTypes.of(view);
            for (SlicePartial slice : slices.toList()) {
                IngestSlice ingest = new IngestSlice(Instant.parse("2023-09-07T04:00:00.001Z"), slice);
                assertThat(roundTrip(types.ingestSlice(), ingest)).isEqualTo(ingest);
                assertThat(roundTrip(types.sliceKey(), slice.key())).isEqualTo(slice.key());
                assertThat(roundTrip(types.partial(), slice.partial())).isEqualTo(slice.partial());
            }
            for (Row row : view.rows(slices.toList())) {
                assertThat(roundTrip(types.row(), row)).isEqualTo(row);
                RowChange update = new RowChange.Update(row, row);
                assertThat(roundTrip(types.rowChange(), update)).isEqualTo(update);
                RowChange delete = new RowChange.Delete(row);
                assertThat(roundTrip(types.rowChange(), delete)).isEqualTo(delete);
            }
        }
    }

    @Test
    void aSerializerIsRestoredFromItsSnapshot() throws IOException {
        TypeSerializer<EnrichedOrder> serializer = serializer(Records.typeOf(EnrichedOrder.SCHEMA));
        TypeSerializerSnapshot<EnrichedOrder> read = throughBytes(serializer.snapshotConfiguration());

        assertThat(read.restoreSerializer()).isEqualTo(serializer);
        assertThat(serializer
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(read)
                        .isCompatibleAsIs())
                .isTrue();
    }

    @Test
    void stateOfAnotherViewIsRefused() throws IOException {
        var hourly =
                serializer(ViewTypes.of(RetailViews.HOURLY_SALES).partial()).snapshotConfiguration();
        var daily = serializer(ViewTypes.of(RetailViews.DAILY_SALES).partial()).snapshotConfiguration();

        assertThat(daily.resolveSchemaCompatibility(throughBytes(hourly)).isIncompatible())
                .isTrue();
    }

    /** Flink's serializers of a user's classes are of the same class, whatever they read. */
    @Test
    void stateOfOtherClassesWithinIsRefused() throws IOException {
        TypeSerializer<DayOfWeek> days = serializer(Types.ENUM(DayOfWeek.class));
        TypeSerializer<Month> months = serializer(Types.ENUM(Month.class));

        assertNotReadBy(new ArrivedSerializer<>(months), new ArrivedSerializer<>(days));
        assertNotReadBy(new WindowResultSerializer<>(days, months), new WindowResultSerializer<>(days, days));
        assertNotReadBy(new WindowResultSerializer<>(months, days), new WindowResultSerializer<>(days, days));
    }

    private static <T> void assertNotReadBy(TypeSerializer<T> other, TypeSerializer<?> serializer) throws IOException {
        assertThat(compatibility(serializer, serializer).isCompatibleAsIs()).isTrue();
        assertThat(throughBytes(serializer.snapshotConfiguration()).restoreSerializer())
                .isEqualTo(serializer);
        assertThat(compatibility(other, serializer).isIncompatible()).isTrue();
    }

    @SuppressWarnings("unchecked")
    private static <T> TypeSerializerSchemaCompatibility<T> compatibility(
            TypeSerializer<T> serializer, TypeSerializer<?> writer) throws IOException {
        return serializer.snapshotConfiguration().resolveSchemaCompatibility((TypeSerializerSnapshot<T>)
                throughBytes(writer.snapshotConfiguration()));
    }

    @Test
    void stateOfOtherColumnsIsRefused() {
        assertThat(serializer(Records.typeOf(EnrichedOrder.SCHEMA)))
                .isNotEqualTo(serializer(Records.typeOf(Product.SCHEMA)));
    }

    private static <T> TypeSerializer<T> serializer(TypeInformation<T> type) {
        return type.createSerializer(new SerializerConfigImpl());
    }

    private static <T> T roundTrip(TypeInformation<T> type, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer(type).serialize(value, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        T read = serializer(type).deserialize(in);
        assertThat(in.available()).isZero();
        return read;
    }

    private static <T> TypeSerializerSnapshot<T> throughBytes(TypeSerializerSnapshot<T> snapshot) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, snapshot);
        return TypeSerializerSnapshot.readVersionedSnapshot(
                new DataInputDeserializer(out.getCopyOfBuffer()), RecordsTest.class.getClassLoader());
    }
}
