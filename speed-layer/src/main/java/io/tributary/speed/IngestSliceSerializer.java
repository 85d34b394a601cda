package io.tributary.speed;

import io.tributary.view.IngestSlice;
import io.tributary.view.SlicePartial;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A view's slices of ingest partitions. */
final class IngestSliceSerializer extends DescribedSerializer<IngestSlice> {
    private static final long serialVersionUID = 1L;

    private final SliceKeySerializer keys;
    private final PartialSerializer<?> partials;

    IngestSliceSerializer(SliceKeySerializer keys, PartialSerializer<?> partials) {
        this.keys = keys;
        this.partials = partials;
    }

    @Override
    String description() {
        return partials.description();
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public IngestSlice copy(IngestSlice from) {
        SlicePartial slice = from.slice();
        return new IngestSlice(from.partition(), new SlicePartial(slice.key(), partials.copy(slice.partial())));
    }

    @Override
    public void serialize(IngestSlice slice, DataOutputView out) throws IOException {
        out.writeLong(slice.partition().getEpochSecond());
        out.writeInt(slice.partition().getNano());
        keys.serialize(slice.slice().key(), out);
        partials.serialize(slice.slice().partial(), out);
    }

    @Override
    public IngestSlice deserialize(DataInputView in) throws IOException {
        Instant partition = Instant.ofEpochSecond(in.readLong(), in.readInt());
        return new IngestSlice(partition, new SlicePartial(keys.deserialize(in), partials.deserialize(in)));
    }
}
