package io.tributary.speed;

import io.tributary.view.SliceKey;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The keys of a view's slices. */
final class SliceKeySerializer extends DescribedSerializer<SliceKey> {
    private static final long serialVersionUID = 1L;

    private final ValuesSerializer dimensions;

    SliceKeySerializer(ValuesSerializer dimensions) {
        this.dimensions = dimensions;
    }

    @Override
    String description() {
        return dimensions.description();
    }

    @Override
    public void serialize(SliceKey key, DataOutputView out) throws IOException {
        out.writeLong(key.slice());
        dimensions.serialize(key.dimensions(), out);
    }

    @Override
    public SliceKey deserialize(DataInputView in) throws IOException {
        return SliceKey.of(in.readLong(), dimensions.deserialize(in));
    }
}
