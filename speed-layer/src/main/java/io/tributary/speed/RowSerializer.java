package io.tributary.speed;

import io.tributary.view.Row;
import io.tributary.view.TimeRange;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** The rows of a view. */
final class RowSerializer extends DescribedSerializer<Row> {
    private static final long serialVersionUID = 1L;

    private final boolean windowed;
    private final ValuesSerializer dimensions;
    private final ValuesSerializer measures;

    RowSerializer(boolean windowed, ValuesSerializer dimensions, ValuesSerializer measures) {
        this.windowed = windowed;
        this.dimensions = dimensions;
        this.measures = measures;
    }

    @Override
    String description() {
        return (windowed ? "windowed " : "") + dimensions.description() + " " + measures.description();
    }

    @Override
    public void serialize(Row row, DataOutputView out) throws IOException {
        TimeRange window = row.window();
        if (windowed && window != null) {
            out.writeLong(window.firstSecond());
            out.writeLong(window.endSecond());
        }
        dimensions.serialize(row.dimensions(), out);
        out.writeShort(row.grouping());
        measures.serialize(row.measures(), out);
        out.writeInt(row.rank());
    }

    @Override
    public Row deserialize(DataInputView in) throws IOException {
        @Nullable TimeRange window = windowed ? TimeRange.ofSeconds(in.readLong(), in.readLong()) : null;
        List<@Nullable Object> values = dimensions.deserialize(in);
        int grouping = in.readUnsignedShort();
        return new Row(window, values, grouping, measures.deserialize(in), in.readInt());
    }
}
