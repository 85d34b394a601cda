package io.tributary.speed;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import io.tributary.view.IngestSlice;
import io.tributary.view.Measure;
import io.tributary.view.Partial;
import io.tributary.view.Row;
import io.tributary.view.SliceKey;
import io.tributary.view.View;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/** The Flink types of what a view is made of and gives, without Kryo. State is refused when the view has changed. */
public final class ViewTypes {
    private final View<?> view;
    private final ValuesSerializer dimensions;
    private final RowSerializer rows;

    private ViewTypes(View<?> view) {
        this.view = view;
        List<ColumnType<?>> ofDimensions = new ArrayList<>();
        for (Column<?, ?> column : view.dimensions()) {
            ofDimensions.add(column.type());
        }
        List<ColumnType<?>> ofMeasures = new ArrayList<>();
        for (Measure<?, ?> measure : view.measures().values()) {
            ofMeasures.add(measure.type());
        }
        this.dimensions = new ValuesSerializer(ofDimensions);
        this.rows =
                new RowSerializer(view.window().eventTime().isPresent(), dimensions, new ValuesSerializer(ofMeasures));
    }

    public static ViewTypes of(View<?> view) {
        return new ViewTypes(view);
    }

    public TypeInformation<Row> row() {
        return new DescribedType<>(Row.class, rows);
    }

    public TypeInformation<RowChange> rowChange() {
        return new DescribedType<>(RowChange.class, new RowChangeSerializer(rows));
    }

    public TypeInformation<SliceKey> sliceKey() {
        return new DescribedType<>(SliceKey.class, new SliceKeySerializer(dimensions));
    }

    public TypeInformation<Partial> partial() {
        return new DescribedType<>(Partial.class, new PartialSerializer<>(view));
    }

    public TypeInformation<IngestSlice> ingestSlice() {
        return new DescribedType<>(
                IngestSlice.class,
                new IngestSliceSerializer(new SliceKeySerializer(dimensions), new PartialSerializer<>(view)));
    }

    TypeInformation<List<@Nullable Object>> dimensions() {
        return new DescribedType<>(List.class, dimensions);
    }
}
