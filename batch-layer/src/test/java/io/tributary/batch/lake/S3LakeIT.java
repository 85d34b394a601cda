package io.tributary.batch.lake;

import static io.tributary.batch.lake.Lakes.AT_4;
import static io.tributary.batch.lake.Lakes.AT_5;
import static io.tributary.batch.lake.Lakes.AT_6;
import static io.tributary.batch.lake.Lakes.HOUR_4;
import static io.tributary.batch.lake.Lakes.HOUR_5;
import static io.tributary.batch.lake.Lakes.HOUR_6;
import static io.tributary.batch.lake.Lakes.HOUR_7;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.batch.server.AthenaLake;
import io.tributary.batch.server.S3Server;
import io.tributary.lake.LakeFile;
import io.tributary.lake.Manifest;
import io.tributary.partition.Partition;
import io.tributary.retail.EnrichedOrder;
import io.tributary.view.BatchView.Hole;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3LakeIT {
    private static final String LINE = "{\"qty\":1}\n";
    private static final InstantSource CLOCK = () -> Instant.parse("2023-09-07T06:00:01Z");

    private final S3Client s3 = AthenaLake.started().s3();
    private final String prefix = "lake-%s/담배 'it''s' +%%/".formatted(UUID.randomUUID());
    private S3Lake<EnrichedOrder> lake;

    @BeforeEach
    void open() {
        lake = open(prefix);
    }

    private S3Lake<EnrichedOrder> open(String where) {
        return open(s3, where);
    }

    private static S3Lake<EnrichedOrder> open(S3Client client, String where) {
        return S3Lake.at(
                client, "s3://%s/%s".formatted(S3Server.BUCKET, where), Lakes.LAYOUT, EnrichedOrder.SCHEMA, CLOCK);
    }

    private void put(Partition partition, String name, String text) {
        s3.putObject(
                request -> request.bucket(S3Server.BUCKET).key(prefix + partition.path() + name),
                RequestBody.fromString(text));
    }

    private void delete(Partition partition, String name) {
        s3.deleteObject(request -> request.bucket(S3Server.BUCKET).key(prefix + partition.path() + name));
    }

    @Test
    void aSealNamesEveryVisibleObjectAndNoHiddenOne() throws IOException {
        put(AT_4, "b.json", LINE + LINE);
        put(AT_4, "a 담배.json", LINE);
        put(AT_4, "_temporary", "half");
        put(AT_4, ".hidden", "half");
        assertThat(lake.isSealed(AT_4)).isFalse();
        Manifest manifest = lake.seal(AT_4);
        assertThat(manifest.files()).extracting(LakeFile::name).containsExactly("a 담배.json", "b.json");
        assertThat(manifest.files()).extracting(LakeFile::records).containsExactly(1L, 2L);
        assertThat(lake.isSealed(AT_4)).isTrue();
        assertThat(lake.newestCut()).contains(HOUR_5);
        assertThat(lake.contents(HOUR_5))
                .isEqualTo(
                        new LakeContents(HOUR_5, List.of(new SealedPartition(AT_4, manifest, List.of())), List.of()));
        assertThat(open(prefix).seal(AT_4)).isEqualTo(manifest);
    }

    @Test
    void tellsItsHolesAndStrays() throws IOException {
        assertThat(lake.contents(HOUR_5).holes())
                .containsExactly(new Hole("up to " + AT_4.path(), "nothing is sealed there"));
        put(AT_4, "a.json", LINE);
        put(AT_5, "a.json", LINE);
        put(AT_6, "a.json", LINE);
        lake.seal(AT_4);
        lake.seal(AT_6);
        put(AT_6, "late.json", LINE);
        assertThat(lake.contents(HOUR_7).holes()).containsExactly(new Hole(AT_5.path(), "it is not sealed"));
        assertThat(lake.contents(HOUR_7).partitions())
                .extracting(SealedPartition::strays)
                .containsExactly(List.of(), List.of("late.json"));
        put(AT_4, "a.json", LINE + LINE);
        delete(AT_6, "a.json");
        assertThat(lake.contents(HOUR_7).holes())
                .extracting(Hole::reason)
                .containsExactly(
                        "its file a.json has 20 bytes (its manifest says 10)",
                        "it is not sealed",
                        "its file a.json is missing");
        put(AT_4, "_SUCCESS", "{");
        assertThat(lake.contents(HOUR_5).holes())
                .singleElement()
                .satisfies(hole -> assertThat(hole.reason())
                        .startsWith("Cannot read manifest s3://lake/%s%s_SUCCESS: it is torn or no JSON"
                                .formatted(prefix, AT_4.path())));
    }

    @Test
    void findsAPartitionThatIsGone() throws IOException {
        lake.seal(AT_4);
        assertThat(lake.seal(AT_5).previous()).isEqualTo(AT_4.path());
        delete(AT_4, "_SUCCESS");
        assertThat(lake.contents(HOUR_6).holes())
                .containsExactly(new Hole(AT_4.path(), "it was sealed, but its directory is gone"));
    }

    @Test
    void sealsAgainOnlyWhatIsUnchanged() throws IOException {
        put(AT_4, "a.json", LINE);
        lake.seal(AT_4);
        put(AT_4, "zzz.json", LINE);
        assertThatIllegalStateException()
                .isThrownBy(() -> lake.seal(AT_4))
                .withMessageContaining("(new is zzz.json; write to a later partition)");
        put(AT_5, "torn.json", "{\"half\":");
        assertThatThrownBy(() -> lake.seal(AT_5))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it ends within a line");
        assertThat(lake.isSealed(AT_5)).isFalse();
    }

    /** One after the other: the emulator itself does not keep two requests at the same time apart. */
    @Test
    void aManifestIsPutOnlyWhereThereIsNone() throws IOException {
        LakeStorage storage = new S3Storage(s3, S3Server.BUCKET, prefix);
        assertThat(storage.putIfAbsent("a", new byte[] {1})).isTrue();
        assertThat(storage.putIfAbsent("a", new byte[] {2, 2})).isFalse();
        assertThat(storage.size("a")).hasValue(1);
        assertThat(storage.size("b")).isEmpty();
    }

    @Test
    void aStoreWithoutConditionalRequestsIsAskedFirst() throws IOException {
        ExecutionInterceptor refusing = new ExecutionInterceptor() {
            @Override
            public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
                if (context.request() instanceof PutObjectRequest put && put.ifNoneMatch() != null) {
                    throw S3Exception.builder().statusCode(501).build();
                }
            }
        };
        try (S3Client old = intercepted(refusing)) {
            LakeStorage storage = new S3Storage(old, S3Server.BUCKET, prefix);
            assertThat(storage.putIfAbsent("a", new byte[] {1})).isTrue();
            assertThat(storage.putIfAbsent("a", new byte[] {2, 2})).isFalse();
            assertThat(storage.size("a")).hasValue(1);
        }
    }

    @Test
    void listsMoreObjectsThanAPageHolds() throws IOException {
        IntStream.range(0, 1_005).parallel().forEach(i -> put(AT_4, "part-%04d.json".formatted(i), LINE));
        assertThat(new S3Storage(s3, S3Server.BUCKET, prefix).list(AT_4.path())).hasSize(1_005);
    }

    private static S3Client intercepted(ExecutionInterceptor interceptor) {
        return AthenaLake.started()
                .s3Builder()
                .overrideConfiguration(client -> client.addExecutionInterceptor(interceptor))
                .build();
    }

    @Test
    void aPassingErrorIsNoHole() throws IOException {
        put(AT_4, "a.json", LINE);
        lake.seal(AT_4);
        ExecutionInterceptor busy = new ExecutionInterceptor() {
            @Override
            public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
                if (context.request() instanceof GetObjectRequest get
                        && get.key().endsWith("_SUCCESS")) {
                    throw S3Exception.builder()
                            .statusCode(503)
                            .message("Slow Down")
                            .build();
                }
            }
        };
        try (S3Client client = intercepted(busy)) {
            assertThatThrownBy(() -> open(client, prefix).contents(HOUR_5))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(
                            "Cannot read manifest s3://lake/%s%s_SUCCESS: ".formatted(prefix, AT_4.path()));
        }
    }

    @Test
    void listsNoFurtherThanTheCut() throws IOException {
        lake.seal(AT_4);
        IntStream.range(0, 1_005).parallel().forEach(i -> put(AT_6, "part-%04d.json".formatted(i), LINE));
        AtomicInteger lists = new AtomicInteger();
        ExecutionInterceptor counting = new ExecutionInterceptor() {
            @Override
            public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
                if (context.request() instanceof ListObjectsV2Request list
                        && list.prefix().contains("stream_data")) {
                    lists.incrementAndGet();
                }
            }
        };
        try (S3Client client = intercepted(counting)) {
            assertThat(open(client, prefix).contents(HOUR_4, HOUR_5).partitions())
                    .hasSize(1);
        }
        assertThat(lists).hasValue(1);
    }

    @Test
    void aDirectoryWithoutAManifestIsListedWithTheSeals() throws IOException {
        lake.seal(AT_4);
        put(AT_5, "a.json", LINE);
        put(AT_6, "below/a.json", LINE);
        Seals seals = lake.seals(HOUR_7);
        assertThat(seals.versions()).containsOnlyKeys(AT_4);
        assertThat(seals.unsealed()).containsExactly(AT_5, AT_6);
        assertThat(lake.contents(HOUR_7).holes()).containsExactly(Seals.unsealed(AT_5), Seals.unsealed(AT_6));
    }

    @Test
    void saysWhatIsWrongWithItsLocationOrBucket() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> S3Lake.at(s3, "s3://lake/no-slash", Lakes.LAYOUT, EnrichedOrder.SCHEMA))
                .withMessage("Invalid location of a lake: s3://lake/no-slash"
                        + " (must be as s3://bucket/ or s3://bucket/prefix/)");
        S3Lake<EnrichedOrder> missing = S3Lake.at(s3, "s3://no-such-bucket/", Lakes.LAYOUT, EnrichedOrder.SCHEMA);
        assertThatThrownBy(() -> missing.contents(HOUR_5))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot list s3://no-such-bucket/data/stream_data/: ");
    }
}
