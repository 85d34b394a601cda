package io.tributary.speed.kinesis;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The bytes of the enumerator's state within checkpoints. */
final class ShardProgressSerializer implements SimpleVersionedSerializer<ShardProgress> {
    private static final int VERSION = 2;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(ShardProgress progress) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        StartPositionFormat.write(progress.start(), out);
        Instant until = progress.until();
        out.writeBoolean(until != null);
        if (until != null) {
            out.writeLong(until.getEpochSecond());
            out.writeInt(until.getNano());
        }
        out.writeBoolean(progress.listed());
        out.writeInt(progress.shards().size());
        for (TrackedShard shard : progress.shards()) {
            out.writeUTF(shard.id());
            out.writeByte(shard.parents().size());
            for (String parent : shard.parents()) {
                out.writeUTF(parent);
            }
            StartPositionFormat.write(shard.from(), out);
            out.writeByte(code(shard.status()));
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public ShardProgress deserialize(int version, byte[] bytes) throws IOException {
        if (version < 1 || version > VERSION) {
            throw new IOException("Cannot read Kinesis shard progress of version %d (this release reads 1 to %d)"
                    .formatted(version, VERSION));
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        StartPosition start = StartPositionFormat.read(in);
        Instant until = version > 1 && in.readBoolean() ? Instant.ofEpochSecond(in.readLong(), in.readInt()) : null;
        boolean listed = in.readBoolean();
        int count = in.readInt();
        List<TrackedShard> shards = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            shards.add(new TrackedShard(
                    in.readUTF(), readParents(in), StartPositionFormat.read(in), status(in.readByte())));
        }
        return new ShardProgress(start, until, listed, shards);
    }

    private static List<String> readParents(DataInputDeserializer in) throws IOException {
        int count = in.readByte();
        List<String> parents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parents.add(in.readUTF());
        }
        return parents;
    }

    private static int code(TrackedShard.Status status) {
        return switch (status) {
            case WAITING -> 0;
            case ASSIGNED -> 1;
            case FINISHED -> 2;
        };
    }

    private static TrackedShard.Status status(int code) throws IOException {
        return switch (code) {
            case 0 -> TrackedShard.Status.WAITING;
            case 1 -> TrackedShard.Status.ASSIGNED;
            case 2 -> TrackedShard.Status.FINISHED;
            default -> throw new IOException("Cannot read a shard status of code %d".formatted(code));
        };
    }
}
