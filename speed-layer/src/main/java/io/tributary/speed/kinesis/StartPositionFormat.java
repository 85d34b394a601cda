package io.tributary.speed.kinesis;

import java.io.IOException;
import java.time.Instant;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The bytes of a fixed start position within state. */
final class StartPositionFormat {
    private static final int TRIM_HORIZON = 1;
    private static final int AT_TIMESTAMP = 2;

    private StartPositionFormat() {}

    static void write(StartPosition position, DataOutputView out) throws IOException {
        if (position instanceof StartPosition.AtTimestamp at) {
            out.writeByte(AT_TIMESTAMP);
            out.writeLong(at.instant().getEpochSecond());
            out.writeInt(at.instant().getNano());
        } else if (position instanceof StartPosition.TrimHorizon) {
            out.writeByte(TRIM_HORIZON);
        } else {
            throw new IOException("Cannot write the start position %s: it is not fixed".formatted(position));
        }
    }

    static StartPosition read(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case TRIM_HORIZON -> StartPosition.trimHorizon();
            case AT_TIMESTAMP -> StartPosition.at(Instant.ofEpochSecond(in.readLong(), in.readInt()));
            default -> throw new IOException("Cannot read a start position of kind %d".formatted(kind));
        };
    }
}
