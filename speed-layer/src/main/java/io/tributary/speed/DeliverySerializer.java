package io.tributary.speed;

import io.tributary.lake.LakeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Deliveries on their way to the commit, and in its state. */
final class DeliverySerializer extends DescribedSerializer<Delivery> {
    private static final long serialVersionUID = 1L;
    private static final int PART = 0;
    private static final int MARK = 1;

    @Override
    String description() {
        return "delivery";
    }

    @Override
    public void serialize(Delivery delivery, DataOutputView out) throws IOException {
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
        }
    }

    @Override
    public Delivery deserialize(DataInputView in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case PART -> part(in);
            case MARK ->
                new Delivery.Mark(in.readInt(), in.readInt(), Instant.ofEpochSecond(in.readLong(), in.readInt()));
            default -> throw new IOException("Cannot read deliveries: there is no kind %d".formatted(kind));
        };
    }

    private static Delivery part(DataInputView in) throws IOException {
        String directory = in.readUTF();
        LakeFile file = new LakeFile(in.readUTF(), in.readLong(), in.readLong(), in.readUTF());
        int version = in.readInt();
        byte[] recoverable = new byte[in.readInt()];
        in.readFully(recoverable);
        return new Delivery.Part(directory, file, version, ByteBuffer.wrap(recoverable));
    }
}
