package io.tributary.speed;

import java.io.IOException;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Delivers lines to a lake, each exactly once: files become visible with the checkpoint that holds them. */
class DeliverySink<E> implements Sink<E>, SupportsCommitter<Delivery> {
    private static final long serialVersionUID = 1L;

    private final LakeDirectory lake;
    private final long maxBytes;
    private final Lines.Format<E> format;

    DeliverySink(LakeDirectory lake, long maxBytes, Lines.Format<E> format) {
        this.lake = lake;
        this.maxBytes = maxBytes;
        this.format = format;
    }

    @Override
    public SinkWriter<E> createWriter(WriterInitContext context) throws IOException {
        return new DeliveryWriter<>(
                lake,
                maxBytes,
                format.open(),
                context.getTaskInfo(),
                context.metricGroup().getNumRecordsSendCounter());
    }

    @Override
    public Committer<Delivery> createCommitter(CommitterInitContext context) throws IOException {
        return new DeliveryCommitter(lake);
    }

    @Override
    public SimpleVersionedSerializer<Delivery> getCommittableSerializer() {
        return new DeliverySerializer();
    }
}
