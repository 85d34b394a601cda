package io.tributary.speed;

import io.tributary.lake.LakeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Deliveries in the state of a job. */
final class DeliverySerializer implements SimpleVersionedSerializer<Delivery> {
    private static final int VERSION = 1;
    private static final int PART = 0;
    private static final int MARK = 1;
    private static final int COMPLETE = 2;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(Delivery delivery) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        if (delivery instanceof Delivery.Part part) {
            out.writeByte(PART);
            out.writeUTF(part.directory());
            out.writeUTF(part.file().name());
            out.writeLong(part.file().bytes());
            out.writeLong(part.file().records());
            out.writeUTF(part.file().crc32c());
            out.writeInt(part.version());
            byte[] recoverable = part.recoverableBytes();
            out.writeInt(recoverable.length);
            out.write(recoverable);
        } else if (delivery instanceof Delivery.Mark mark) {
            out.writeByte(MARK);
            out.writeInt(mark.task());
            out.writeInt(mark.tasks());
            out.writeLong(mark.partition().getEpochSecond());
            out.writeInt(mark.partition().getNano());
        } else if (delivery instanceof Delivery.Complete complete) {
            out.writeByte(COMPLETE);
            out.writeInt(complete.writer());
            out.writeInt(complete.writers());
            out.writeInt(complete.before());
            out.writeBoolean(complete.isEnd());
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public Delivery deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "Cannot read deliveries: their format is %d (must be %d)".formatted(version, VERSION));
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case PART -> part(in);
            case MARK ->
                new Delivery.Mark(in.readInt(), in.readInt(), Instant.ofEpochSecond(in.readLong(), in.readInt()));
            case COMPLETE -> new Delivery.Complete(in.readInt(), in.readInt(), in.readInt(), in.readBoolean());
            default -> throw new IOException("Cannot read deliveries: there is no kind %d".formatted(kind));
        };
    }

    private static Delivery part(DataInputDeserializer in) throws IOException {
        String directory = in.readUTF();
        LakeFile file = new LakeFile(in.readUTF(), in.readLong(), in.readLong(), in.readUTF());
        int version = in.readInt();
        byte[] recoverable = new byte[in.readInt()];
        in.readFully(recoverable);
        return new Delivery.Part(directory, file, version, ByteBuffer.wrap(recoverable));
    }
}
