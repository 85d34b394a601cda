package io.tributary.speed;

import io.tributary.schema.Schema;
import java.time.InstantSource;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Delivers records to a lake, and seals the partitions to which no stamping task can add any more. */
final class SealingSink<R> extends DeliverySink<LakeInput<R>> implements SupportsPostCommitTopology<Delivery> {
    private static final long serialVersionUID = 1L;

    private final LakeSeals seals;
    private final Schema<R> schema;

    SealingSink(LakeSeals seals, long maxBytes, Schema<R> schema) {
        super(seals.lake(), maxBytes, Lines.ofRecords(seals.layout(), schema));
        this.seals = seals;
        this.schema = schema;
    }

    @Override
    public void addPostCommitTopology(DataStream<CommittableMessage<Delivery>> committed) {
        committed
                .global()
                .transform("seal", Types.VOID, new Sealer(seals, schema, InstantSource.system()))
                .uid("seal")
                .forceNonParallel();
    }
}
