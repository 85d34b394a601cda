package io.tributary.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.batch.athena.AthenaTable;
import io.tributary.batch.athena.LakeLocation;
import io.tributary.batch.athena.TableName;
import io.tributary.batch.lake.LakeWriter;
import io.tributary.batch.lake.Lakes;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.lake.S3Lake;
import io.tributary.batch.lake.SealedPartition;
import io.tributary.batch.query.AthenaEngine;
import io.tributary.batch.query.AthenaOptions;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.batch.query.QueryException;
import io.tributary.batch.server.AthenaLake;
import io.tributary.batch.server.S3Server;
import io.tributary.partition.Partition;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.view.BatchView;
import io.tributary.view.BatchView.Hole;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.SlicePartial;
import io.tributary.view.View;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A lake on S3 answers the same as JSON lines, as Parquet by DuckDB and by Athena, and as some of each. */
class AthenaCompactionIT {
    private static final int PARTITIONS = 6;
    private static final Instant END = RandomOrders.partition(PARTITIONS);
    private static final View<EnrichedOrder> VIEW = RetailViews.HOURLY_TOP3_DIVISIONS;

    private final AthenaLake servers = AthenaLake.started();
    private final String id = UUID.randomUUID().toString().replace("-", "");
    private final String root = "s3://%s/compaction-%s".formatted(S3Server.BUCKET, id);

    @TempDir
    private Path directory;

    private AthenaEngine athena;
    private DuckDbEngine duckDb;
    private S3Lake<EnrichedOrder> lake;
    private AthenaTable<EnrichedOrder> json;
    private AthenaTable<EnrichedOrder> parquet;

    @BeforeEach
    void fill() throws IOException {
        LocalLake<EnrichedOrder> local = Lakes.orders(directory);
        try (LakeWriter<EnrichedOrder> writer = local.writer()) {
            for (EnrichedOrder order : new RandomOrders(11, PARTITIONS).list(600)) {
                writer.write(AthenaIT.toMillis(order), order.eventTime());
            }
            for (int i = 0; i < PARTITIONS; i++) {
                writer.seal(partition(i));
            }
        }
        servers.upload(directory, "compaction-%s/".formatted(id));
        athena = AthenaEngine.on(servers.client(), AthenaOptions.defaults().withDatabase("lake"));
        duckDb = DuckDbEngine.start();
        lake = S3Lake.at(servers.s3(), root + "/", Lakes.LAYOUT, EnrichedOrder.SCHEMA);
        json = AthenaTable.json(
                new TableName("lake", "json_" + id), EnrichedOrder.SCHEMA, new LakeLocation(root, Lakes.LAYOUT));
        parquet = AthenaTable.parquet(
                new TableName("lake", "parquet_" + id),
                EnrichedOrder.SCHEMA,
                new LakeLocation(root, lake.parquetLayout()));
        athena.run(json.create());
        athena.run(json.repair());
        athena.run(parquet.create());
    }

    @AfterEach
    void close() {
        duckDb.close();
        athena.close();
    }

    private static Partition partition(int index) {
        return Lakes.LAYOUT.partitionOf(cut(index));
    }

    private static Instant cut(int index) {
        return RandomOrders.partition(index);
    }

    private static Source.Table source(AthenaTable<?> table) {
        return Source.table(table.name().database(), table.name().table());
    }

    private BatchViews<EnrichedOrder> views() {
        athena.run(parquet.repair());
        return BatchViews.on(athena, lake, source(json), source(parquet));
    }

    private List<Set<SlicePartial>> answers() throws IOException {
        List<Set<SlicePartial>> answers = new ArrayList<>();
        for (BatchView batch : views().buildAll(RetailViews.all(), END)) {
            answers.add(slices(batch));
        }
        return answers;
    }

    private static Set<SlicePartial> slices(BatchView batch) {
        assertThat(batch.holes()).isEmpty();
        return new HashSet<>(batch.slices());
    }

    private Set<SlicePartial> answer() throws IOException {
        return slices(views().build(VIEW, END));
    }

    private CompactionReport byAthena(int from, int to) throws IOException {
        return Compaction.on(athena, lake, json).compact(cut(from), cut(to), partition -> {});
    }

    private CompactionReport byDuckDb(int from, int to) throws IOException {
        return Compaction.on(duckDb, lake).compact(cut(from), cut(to), partition -> {});
    }

    private List<String> keys(String directoryOfLake) {
        return servers
                .s3()
                .listObjectsV2Paginator(request ->
                        request.bucket(S3Server.BUCKET).prefix("compaction-%s/%s".formatted(id, directoryOfLake)))
                .contents()
                .stream()
                .map(S3Object::key)
                .filter(key -> !key.endsWith("/.directory"))
                .toList();
    }

    private List<String> jsonFiles() {
        return keys("data/stream_data/").stream()
                .filter(key -> !key.endsWith("/_SUCCESS"))
                .toList();
    }

    private SealedPartition sealed(int index) throws IOException {
        return lake.contents(cut(index), cut(index + 1)).partitions().get(0);
    }

    @Test
    void everyViewIsTheSameInEachFormAndInSomeOfEach() throws IOException {
        List<Set<SlicePartial>> expected = answers();
        BatchViewSnapshot old = views().rebuild(VIEW, cut(2));
        BatchViewSnapshot whole = views().rebuild(VIEW, END);

        CompactionReport first = byDuckDb(0, 2);
        CompactionReport second = byAthena(1, 4);
        assertThat(first.partitions()).isEqualTo(2);
        assertThat(second.partitions()).isEqualTo(2);
        assertThat(second.already()).isEqualTo(1);
        assertThat(second.filesAfter()).isEqualTo(2);
        assertThat(sealed(1).parquet()).isNotNull();
        assertThat(sealed(3).parquet()).isNotNull();
        assertThat(sealed(4).parquet()).isNull();
        assertThat(answers()).as("with the JSON lines beside").isEqualTo(expected);

        ExpiryReport expired = Compaction.on(athena, lake, json).expire(Instant.MIN, END, Duration.ZERO);
        assertThat(expired).isEqualTo(new ExpiryReport(first.bytesBefore() + second.bytesBefore(), List.of()));
        assertThat(jsonFiles()).hasSize(2);
        assertThat(answers()).as("without").isEqualTo(expected);
        assertThat(views().refresh(VIEW, old, END).seals()).isEqualTo(whole.seals());

        assertThat(byAthena(0, PARTITIONS).partitions()).isEqualTo(2);
        assertThat(byAthena(0, PARTITIONS)).isEqualTo(new CompactionReport(0, PARTITIONS, 0, 0, 0, 0, 0, List.of()));
        assertThat(answers()).isEqualTo(expected);
        assertThat(keys("data/transform_work/")).isEmpty();
    }

    private void empty(int index) throws IOException {
        for (String key : keys(partition(index).path())) {
            servers.s3().deleteObject(request -> request.bucket(S3Server.BUCKET).key(key));
        }
        lake.seal(partition(index));
    }

    @Test
    void hoursWithoutRecordsDoNotCutTheConditionOnPartitions() throws IOException {
        empty(1);
        empty(3);
        Set<SlicePartial> expected = answer();
        assertThat(byDuckDb(0, PARTITIONS).partitions()).isEqualTo(PARTITIONS - 2);
        assertThat(answer()).isEqualTo(expected);
        assertThat(servers.athena().requests("StartQueryExecution"))
                .extracting(request -> request.get("QueryString").asText())
                .filteredOn(sql ->
                        sql.startsWith("select") && sql.contains(parquet.name().table()))
                .hasSize(2)
                .allSatisfy(sql -> assertThat(sql).containsOnlyOnce("\"hour\" between"));
    }

    @Test
    void recordsWhereTheManifestSaysNoneAreTold() throws IOException {
        byDuckDb(0, PARTITIONS);
        empty(2);
        BatchView batch = views().build(VIEW, END);
        assertThat(batch.holes()).singleElement().satisfies(hole -> {
            assertThat(hole.partition()).isEqualTo(partition(2).path());
            assertThat(hole.reason())
                    .matches("the table has [0-9]+ records there \\(its manifest says 0; remove them\\)");
        });
    }

    @Test
    void whoReadsJsonLinesOnlyIsToldOfThoseThatHaveExpired() throws IOException {
        byAthena(0, 2);
        BatchViews<EnrichedOrder> linesOnly = BatchViews.on(athena, lake, source(json));
        BatchView before = linesOnly.build(VIEW, END);
        assertThat(before.holes()).isEmpty();
        Compaction.on(duckDb, lake).expire(cut(0), cut(1), Duration.ZERO);
        assertThat(linesOnly.build(VIEW, END).holes()).singleElement().satisfies(hole -> {
            assertThat(hole.partition()).isEqualTo(partition(0).path());
            assertThat(hole.reason())
                    .startsWith("the table has 0 records there (its manifest says ")
                    .endsWith("; register the partition, or name the table of the Parquet copies if the lake is"
                            + " compacted)");
        });
    }

    @Test
    void aCopyThatTheTableWouldMiscountDoesNotCount() throws IOException {
        Set<SlicePartial> expected = answer();
        byAthena(0, 2);
        String stray = "compaction-%s/%slate.parquet"
                .formatted(id, lake.parquetLayout().path(cut(0)));
        servers.s3()
                .putObject(
                        request -> request.bucket(S3Server.BUCKET).key(stray),
                        RequestBody.fromString("what a forgotten query has written"));
        assertThat(sealed(0).parquet()).isNull();
        assertThat(answer()).as("as JSON, which is there").isEqualTo(expected);
        Compaction.on(duckDb, lake).expire(cut(0), cut(2), Duration.ZERO);
        assertThat(jsonFiles()).as("those of the other one have expired").hasSize(PARTITIONS - 1);
        assertThatIllegalStateException()
                .isThrownBy(() -> byAthena(0, 2))
                .withMessageEndingWith(
                        "where its Parquet copy is to be is s3://%s/%s, which no compaction of it wrote (move it elsewhere)",
                        S3Server.BUCKET, stray);
        servers.s3().deleteObject(request -> request.bucket(S3Server.BUCKET).key(stray));
        assertThat(byAthena(0, 2).already()).isEqualTo(2);
        assertThat(answer()).isEqualTo(expected);
    }

    @Test
    void linesThatTheManifestDoesNotKnowAreNotCompacted() throws IOException {
        servers.s3()
                .putObject(
                        request -> request.bucket(S3Server.BUCKET)
                                .key("compaction-%s/%slate.json"
                                        .formatted(id, partition(1).path())),
                        RequestBody.fromString("{}\n"));
        CompactionReport report = byAthena(0, 2);
        assertThat(report.partitions()).isEqualTo(1);
        assertThat(report.holes())
                .containsExactly(new Hole(
                        partition(1).path(),
                        "it has 1 files that its manifest does not name, such as late.json (remove them)"));
        assertThat(byDuckDb(1, 2).partitions()).as("by the files that it names").isEqualTo(1);
    }

    @Test
    void aStatementThatFailsLeavesTheLakeAsItWas() throws IOException {
        Set<SlicePartial> expected = answer();
        AthenaEngine limited = AthenaEngine.on(
                servers.client(), AthenaOptions.defaults().withDatabase("lake").withMostBytes(1_000));
        assertThatThrownBy(() -> Compaction.on(limited, lake, json).compact(cut(0), END, partition -> {}))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("the limit is 1000");
        assertThat(keys("data/transform_")).isEmpty();
        assertThat(answer()).isEqualTo(expected);
    }

    @Test
    void theTableLiesWhereTheLakeDoes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Compaction.on(athena, lake, parquet))
                .withMessageStartingWith("Cannot compact transaction_order in ")
                .withMessageEndingWith(" (must be at the same place, of one layout)");
    }

    @Test
    void aHoleIsNotExpired() throws IOException {
        byDuckDb(0, 2);
        servers.s3()
                .putObject(
                        request -> request.bucket(S3Server.BUCKET)
                                .key("compaction-%s/%s_SUCCESS"
                                        .formatted(id, partition(0).path())),
                        RequestBody.fromString("{"));
        ExpiryReport report = Compaction.on(duckDb, lake).expire(cut(0), cut(2), Duration.ZERO);
        assertThat(report.bytes()).isPositive();
        assertThat(report.holes())
                .extracting(Hole::partition)
                .containsExactly(partition(0).path());
        assertThat(jsonFiles()).hasSize(PARTITIONS - 1);
    }
}
