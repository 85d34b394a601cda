package io.tributary.speed;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Contributions on their way between tasks; they are never state. */
final class ContributionSerializer<K, A> extends DescribedSerializer<Contribution<K, A>> {
    private static final long serialVersionUID = 1L;

    private final TypeSerializer<K> keys;
    private final TypeSerializer<A> values;

    ContributionSerializer(TypeSerializer<K> keys, TypeSerializer<A> values) {
        this.keys = keys;
        this.values = values;
    }

    @Override
    String description() {
        return keys.getClass().getName() + " " + values.getClass().getName();
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public TypeSerializer<Contribution<K, A>> duplicate() {
        return new ContributionSerializer<>(keys.duplicate(), values.duplicate());
    }

    @Override
    public Contribution<K, A> copy(Contribution<K, A> from) {
        return new Contribution<>(keys.copy(from.key()), from.slice(), values.copy(from.value()), from.records());
    }

    @Override
    public void serialize(Contribution<K, A> contribution, DataOutputView out) throws IOException {
        keys.serialize(contribution.key(), out);
        out.writeLong(contribution.slice());
        values.serialize(contribution.value(), out);
        out.writeLong(contribution.records());
    }

    @Override
    public Contribution<K, A> deserialize(DataInputView in) throws IOException {
        return new Contribution<>(keys.deserialize(in), in.readLong(), values.deserialize(in), in.readLong());
    }
}
