package io.tributary.speed.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.speed.kinesis.TrackedShard.Status;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StateFormatTest {
    private static final StartPosition START = StartPosition.at(Instant.parse("2015-01-02T03:04:05.678Z"));
    // 56 digits, the longest that Kinesis gives.
    private static final BigInteger SEQUENCE =
            new BigInteger("49590338271490256608559692538361571095921575989136588898");

    private static final String START_BYTES = "020000000054a60aa528697580";
    private static final String SHARDS_BYTES = "010000000300016100020000000054a60aa5286975800200016200"
            + "020000000054a60aa52869758001000163020001610001620100";

    @Test
    void keepsTheBytesOfASplit() throws IOException {
        assertBytes(
                KinesisSplit.unread("shardId-000000000001", StartPosition.trimHorizon()),
                "0014736861726449642d303030303030303030303031010000");
        assertBytes(
                KinesisSplit.unread("shardId-000000000001", START),
                "0014736861726449642d303030303030303030303031020000000054a60aa5286975800000");
        assertBytes(
                new KinesisSplit("shardId-000000000001", START, SEQUENCE, true),
                "0014736861726449642d303030303030303030303031020000000054a60aa528697580180205bf4e"
                        + "5c260000000067648a170005c181eea00000006201");
    }

    private static void assertBytes(KinesisSplit split, String hex) throws IOException {
        KinesisSplitSerializer serializer = new KinesisSplitSerializer();
        byte[] bytes = serializer.serialize(split);
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hex);
        assertThat(serializer.deserialize(1, bytes)).isEqualTo(split);
    }

    @Test
    void keepsTheBytesOfTheProgress() throws IOException {
        assertBytes(progress(null), START_BYTES + "00" + SHARDS_BYTES);
        assertBytes(
                progress(Instant.parse("2015-01-02T04:00:00.5Z")),
                START_BYTES + "01" + "0000000054a617c01dcd6500" + SHARDS_BYTES);
    }

    @Test
    void readsTheProgressOfVersion1WhichDidNotKeepItsEnd() throws IOException {
        byte[] bytes = HexFormat.of().parseHex(START_BYTES + SHARDS_BYTES);
        assertThat(new ShardProgressSerializer().deserialize(1, bytes)).isEqualTo(progress(null));
    }

    private static ShardProgress progress(@Nullable Instant until) {
        return new ShardProgress(
                START,
                until,
                true,
                List.of(
                        new TrackedShard("a", List.of(), START, Status.FINISHED),
                        new TrackedShard("b", List.of(), START, Status.ASSIGNED),
                        new TrackedShard("c", List.of("a", "b"), StartPosition.trimHorizon(), Status.WAITING)));
    }

    private static void assertBytes(ShardProgress progress, String hex) throws IOException {
        ShardProgressSerializer serializer = new ShardProgressSerializer();
        byte[] bytes = serializer.serialize(progress);
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hex);
        assertThat(serializer.deserialize(2, bytes)).isEqualTo(progress);
    }

    @Test
    void refusesTheBytesOfANewerRelease() {
        assertThatThrownBy(() -> new KinesisSplitSerializer().deserialize(2, new byte[0]))
                .hasMessage("Cannot read a Kinesis split of version 2 (this release reads 1)");
        assertThatThrownBy(() -> new ShardProgressSerializer().deserialize(3, new byte[0]))
                .hasMessage("Cannot read Kinesis shard progress of version 3 (this release reads 1 to 2)");
    }

    @Test
    void refusesAStartThatARestartWouldMove() {
        assertThatThrownBy(() -> KinesisSplit.unread("shardId-000000000001", StartPosition.latest()))
                .hasMessage(
                        "Invalid start of shardId-000000000001: latest (must be fixed, or a restart skips records)");
    }
}
