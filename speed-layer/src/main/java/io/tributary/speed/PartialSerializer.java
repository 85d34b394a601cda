package io.tributary.speed;

import io.tributary.view.Partial;
import io.tributary.view.SliceCodec;
import io.tributary.view.View;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** The partials of a view. */
final class PartialSerializer<R> extends DescribedSerializer<Partial> {
    private static final long serialVersionUID = 1L;

    private final View<R> view;
    private final ViewCombiner<R> combiner;
    private transient @Nullable SliceCodec<R> codec;

    PartialSerializer(View<R> view) {
        this.view = view;
        this.combiner = new ViewCombiner<>(view);
    }

    private SliceCodec<R> codec() {
        SliceCodec<R> known = codec;
        if (known == null) {
            known = view.codec();
            codec = known;
        }
        return known;
    }

    @Override
    String description() {
        return view.definition() + " " + view.definitionDigest();
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public Partial copy(Partial from) {
        return combiner.copy(from);
    }

    @Override
    public void serialize(Partial partial, DataOutputView out) throws IOException {
        codec().writePartial(partial, out);
    }

    @Override
    public Partial deserialize(DataInputView in) throws IOException {
        return codec().readPartial(in);
    }
}
