package io.tributary.speed.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class KinesisSourceTest {
    private static final KinesisSourceOptions DEFAULTS = KinesisSourceOptions.defaults();

    @Test
    void travelsToTheCluster() throws Exception {
        KinesisSource<KinesisRecord> source = KinesisSource.of("orders")
                .from(StartPosition.latest())
                .with(DEFAULTS.withRegion("eu-west-1").withEndpoint(URI.create("http://127.0.0.1:4567")));

        assertThat(InstantiationUtil.clone(source).stream()).isEqualTo("orders");
    }

    @Test
    void isBoundedOnlyWithAnEnd() {
        KinesisSource<KinesisRecord> source = KinesisSource.of("orders");

        assertThat(source.getBoundedness()).isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
        assertThat(source.until(Instant.EPOCH).getBoundedness()).isEqualTo(Boundedness.BOUNDED);
    }

    @Test
    void goesOnWithTheEndOfItsStateOnly() {
        ShardProgress endless = ShardProgress.none(StartPosition.trimHorizon());
        ShardProgress ending = endless.readUntil(Instant.EPOCH);

        assertThat(ending.readUntil(Instant.EPOCH)).isEqualTo(ending);
        KinesisSource<KinesisRecord> source = KinesisSource.of("orders");
        assertThatThrownBy(() -> source.until(Instant.EPOCH.plusSeconds(1)).restoreEnumerator(null, ending))
                .hasMessage(
                        "Cannot read until 1970-01-01T00:00:01Z: this state was read until 1970-01-01T00:00:00Z, and shards that have ended so are not read again (give that, or start anew without this state)");
        assertThatThrownBy(() -> source.restoreEnumerator(null, ending))
                .hasMessageStartingWith("Cannot read without an end: this state was read until 1970-01-01T00:00:00Z");
    }

    @Test
    void fixesLatestAtTheMomentOfTheCall() {
        assertThat(StartPosition.latest().fixedAt(Instant.EPOCH)).isEqualTo(StartPosition.at(Instant.EPOCH));
        assertThat(StartPosition.trimHorizon().fixedAt(Instant.EPOCH)).isEqualTo(StartPosition.trimHorizon());
    }

    @Test
    void sendsRecordsWithoutKryo() throws Exception {
        SerializerConfigImpl config = new SerializerConfigImpl();
        config.setGenericTypes(false);
        TypeSerializer<KinesisRecord> serializer = KinesisRecord.type().createSerializer(config);
        KinesisRecord record =
                new KinesisRecord(new byte[] {1, 2}, "key", "shardId-000000000001", BigInteger.TEN, Instant.EPOCH);
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(record, out);

        assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
                .usingRecursiveComparison()
                .isEqualTo(record);
    }

    @Test
    void refusesOptionsThatKinesisWouldNotKeepUpWith() {
        assertThatThrownBy(() -> DEFAULTS.withPollInterval(Duration.ofMillis(199)))
                .hasMessage("Invalid pollInterval: PT0.199S (must be from PT0.2S to PT4M)");
        assertThatThrownBy(() -> DEFAULTS.withDiscoveryInterval(Duration.ZERO))
                .hasMessage("Invalid discoveryInterval: PT0S (must be from PT0.1S to PT1H)");
        assertThatThrownBy(() -> DEFAULTS.withMaxRecordsPerFetch(10_001))
                .hasMessage("Invalid maxRecordsPerFetch: 10001 (must be from 1 to 10000)");
        assertThatThrownBy(() -> DEFAULTS.withEndpoint(URI.create("localhost")))
                .hasMessage("Invalid endpoint: localhost (must be as https://host:port)");
        assertThatThrownBy(() -> KinesisSource.of(" ")).hasMessage("Invalid stream: ' ' (give its name)");
        assertThatCode(() -> DEFAULTS.withMaxRecordsPerFetch(10_000)).doesNotThrowAnyException();
    }
}
