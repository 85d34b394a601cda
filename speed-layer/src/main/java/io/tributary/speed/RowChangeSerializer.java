package io.tributary.speed;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The changes of a view's rows. */
final class RowChangeSerializer extends DescribedSerializer<RowChange> {
    private static final long serialVersionUID = 1L;
    private static final int INSERT = 0;
    private static final int UPDATE = 1;
    private static final int DELETE = 2;

    private final RowSerializer rows;

    RowChangeSerializer(RowSerializer rows) {
        this.rows = rows;
    }

    @Override
    String description() {
        return rows.description();
    }

    @Override
    public void serialize(RowChange change, DataOutputView out) throws IOException {
        if (change instanceof RowChange.Insert insert) {
            out.writeByte(INSERT);
            rows.serialize(insert.row(), out);
        } else if (change instanceof RowChange.Update update) {
            out.writeByte(UPDATE);
            rows.serialize(update.old(), out);
            rows.serialize(update.row(), out);
        } else if (change instanceof RowChange.Delete delete) {
            out.writeByte(DELETE);
            rows.serialize(delete.old(), out);
        }
    }

    @Override
    public RowChange deserialize(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case INSERT -> new RowChange.Insert(rows.deserialize(in));
            case UPDATE -> new RowChange.Update(rows.deserialize(in), rows.deserialize(in));
            case DELETE -> new RowChange.Delete(rows.deserialize(in));
            default -> throw new IOException("Cannot read a change of a row: its kind is %d".formatted(kind));
        };
    }
}
