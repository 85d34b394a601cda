package io.tributary.examples.option;

import io.tributary.aws.DynamoTableOptions;
import io.tributary.aws.PublisherOptions;
import io.tributary.batch.CompactionOptions;
import io.tributary.batch.lake.WriterOptions;
import io.tributary.batch.query.AthenaOptions;
import io.tributary.batch.query.DuckDbOptions;
import io.tributary.config.Section;
import io.tributary.enrich.CacheOptions;
import io.tributary.serving.dynamo.DynamoOptions;
import io.tributary.serving.http.HttpOptions;
import io.tributary.speed.IngestOptions;
import io.tributary.speed.LakeSinkOptions;
import io.tributary.speed.SpeedOptions;
import io.tributary.speed.kinesis.KinesisSourceOptions;
import java.util.List;
import java.util.Set;

/** The options of the whole pipeline, by the names that they have in a properties file. */
public final class Sections {
    public static final Section<PublisherOptions> PUBLISHER = new Section<>("publisher", PublisherOptions.defaults());
    public static final Section<DynamoTableOptions> CATALOGUE =
            new Section<>("catalogue", DynamoTableOptions.defaults());
    public static final Section<CacheOptions> CACHE = new Section<>("cache", CacheOptions.defaults());
    public static final Section<WriterOptions> WRITER = new Section<>("writer", WriterOptions.defaults());
    public static final Section<DuckDbOptions> DUCKDB = new Section<>("duckdb", DuckDbOptions.defaults());
    public static final Section<CompactionOptions> COMPACTION =
            new Section<>("compaction", CompactionOptions.defaults());
    public static final Section<AthenaOptions> ATHENA = new Section<>("athena", AthenaOptions.defaults());
    public static final Section<KinesisSourceOptions> KINESIS =
            new Section<>("kinesis", KinesisSourceOptions.defaults());
    public static final Section<LakeSinkOptions> DELIVERY = new Section<>("delivery", LakeSinkOptions.defaults());
    public static final Section<SpeedOptions> SPEED = new Section<>("speed", SpeedOptions.defaults());
    public static final Section<IngestOptions> INGEST = new Section<>("ingest", IngestOptions.defaults());
    public static final Section<DynamoOptions> STORE = new Section<>("store", DynamoOptions.defaults());
    public static final Section<HttpOptions> HTTP = new Section<>("http", HttpOptions.defaults());

    private static final List<Section<?>> ALL = List.of(
            PUBLISHER,
            CATALOGUE,
            CACHE,
            WRITER,
            DUCKDB,
            COMPACTION,
            ATHENA,
            KINESIS,
            DELIVERY,
            SPEED,
            INGEST,
            STORE,
            HTTP);

    /** Keys of what no command line may show, as others can read it in the list of processes. */
    static final Set<String> SECRETS = Set.of(HTTP.name() + ".token");

    private Sections() {}

    public static List<Section<?>> all() {
        return ALL;
    }
}
