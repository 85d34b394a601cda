package io.tributary.speed;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import io.tributary.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** The records of a schema: the values of their columns. */
final class RecordSerializer<R> extends DescribedSerializer<R> {
    private static final long serialVersionUID = 1L;

    private final Schema<R> schema;
    private final ValuesSerializer values;
    private final String description;

    RecordSerializer(Schema<R> schema) {
        this.schema = schema;
        List<ColumnType<?>> types = new ArrayList<>();
        StringBuilder text = new StringBuilder(schema.name());
        for (Column<R, ?> column : schema.columns()) {
            types.add(column.type());
            text.append(' ')
                    .append(column.name())
                    .append(':')
                    .append(column.type().javaType().getSimpleName());
        }
        this.values = new ValuesSerializer(types);
        this.description = text.toString();
    }

    @Override
    String description() {
        return description;
    }

    @Override
    public void serialize(R row, DataOutputView out) throws IOException {
        List<@Nullable Object> list = new ArrayList<>(schema.columns().size());
        for (Column<R, ?> column : schema.columns()) {
            list.add(column.get(row));
        }
        values.serialize(list, out);
    }

    @Override
    public R deserialize(DataInputView in) throws IOException {
        return schema.create(values.read(in));
    }
}
