package io.tributary.speed.kinesis;

import java.io.IOException;
import java.math.BigInteger;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/** The bytes of a split within checkpoints. */
final class KinesisSplitSerializer implements SimpleVersionedSerializer<KinesisSplit> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(KinesisSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeUTF(split.shardId());
        StartPositionFormat.write(split.start(), out);
        byte[] after = split.after() == null ? new byte[0] : split.after().toByteArray();
        out.writeByte(after.length);
        out.write(after);
        out.writeBoolean(split.finished());
        return out.getCopyOfBuffer();
    }

    @Override
    public KinesisSplit deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "Cannot read a Kinesis split of version %d (this release reads %d)".formatted(version, VERSION));
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        return new KinesisSplit(in.readUTF(), StartPositionFormat.read(in), readNumber(in), in.readBoolean());
    }

    private static @Nullable BigInteger readNumber(DataInputDeserializer in) throws IOException {
        byte[] number = new byte[in.readByte()];
        in.readFully(number);
        return number.length == 0 ? null : new BigInteger(number);
    }
}
