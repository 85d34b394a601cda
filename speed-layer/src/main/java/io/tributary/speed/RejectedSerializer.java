package io.tributary.speed;

import io.tributary.schema.ColumnType;
import io.tributary.schema.Outcome;
import io.tributary.schema.Rejection;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Messages that are no records. */
final class RejectedSerializer<R> extends DescribedSerializer<Outcome.Rejected<R>> {
    private static final long serialVersionUID = 1L;

    private final ValuesSerializer texts =
            new ValuesSerializer(List.of(ColumnType.text(), ColumnType.text(), ColumnType.text(), ColumnType.text()));

    @Override
    String description() {
        return "rejected";
    }

    @Override
    public void serialize(Outcome.Rejected<R> rejected, DataOutputView out) throws IOException {
        Rejection rejection = rejected.rejection();
        out.writeLong(rejection.line());
        texts.serialize(Arrays.asList(rejection.field(), rejection.value(), rejection.reason(), rejected.input()), out);
    }

    @Override
    public Outcome.Rejected<R> deserialize(DataInputView in) throws IOException {
        long line = in.readLong();
        @Nullable Object[] read = texts.read(in);
        Rejection rejection = new Rejection(line, (String) read[0], (String) read[1], String.valueOf(read[2]));
        return new Outcome.Rejected<>(rejection, String.valueOf(read[3]));
    }
}
