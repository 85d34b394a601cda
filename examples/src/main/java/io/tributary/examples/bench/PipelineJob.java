package io.tributary.examples.bench;

import io.tributary.batch.lake.LakeContents;
import io.tributary.batch.lake.LocalLake;
import io.tributary.codec.JsonLines;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailLake;
import io.tributary.retail.RetailViews;
import io.tributary.serving.InMemorySpeedStore;
import io.tributary.serving.LambdaView;
import io.tributary.speed.ArrivalClock;
import io.tributary.speed.Arrivals;
import io.tributary.speed.LakeSink;
import io.tributary.speed.Records;
import io.tributary.view.SlicePartial;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;

/**
 * A Flink job of two tasks that reads orders as JSON and checks what became of them: some thousands of two hours again
 * and again, since as many orders a second are of few hours.
 */
final class PipelineJob {
    private static final int PARALLELISM = 2;
    private static final int HOURS = 2;
    private static final long BETWEEN_CHECKPOINTS = 1_000;
    private static final List<View<EnrichedOrder>> VIEWS = List.of(
            RetailViews.DIVISION_SALES,
            RetailViews.HOURLY_CATEGORY_SALES,
            RetailViews.HOURLY_SALES,
            RetailViews.CUMULATIVE_DAILY_SALES,
            RetailViews.HOURLY_TOP3_DIVISIONS);

    private final long orders;
    private final boolean views;
    private final boolean lake;
    private final Path work;
    private final InMemorySpeedStore store = InMemorySpeedStore.create();

    /** @param work where the lake and the checkpoints go */
    PipelineJob(long orders, boolean views, boolean lake, Path work) {
        this.orders = orders;
        this.views = views;
        this.lake = lake;
        this.work = work;
    }

    /** What is read; made once in this process. */
    private static final class Templates {
        private static final int COUNT = 50_000;
        private static final List<EnrichedOrder> ORDERS = List.of(
                new OrderTemplates(JobPlan.of(JobSide.VIEWS, COUNT, HOURS, BETWEEN_CHECKPOINTS, Question.LAB3)).all());
        private static final byte[][] LINES =
                ORDERS.stream().map(JsonLines.of(EnrichedOrder.SCHEMA)::encode).toArray(byte[][]::new);

        static byte[] line(long index) {
            return LINES[(int) (index % COUNT)];
        }

        static List<SlicePartial> slices(View<EnrichedOrder> view, long orders) {
            Slices<EnrichedOrder> once = view.slices();
            once.addAll(ORDERS);
            Slices<EnrichedOrder> all = view.slices();
            for (long round = 0; round < orders / COUNT; round++) {
                all.mergeAll(once.toList());
            }
            all.addAll(ORDERS.subList(0, (int) (orders % COUNT)));
            return all.toList();
        }
    }

    private static final class Decode extends RichMapFunction<byte[], EnrichedOrder> {
        private static final long serialVersionUID = 1L;

        private transient @Nullable JsonLines<EnrichedOrder> json;

        @Override
        public EnrichedOrder map(byte[] line) {
            if (json == null) {
                json = JsonLines.of(EnrichedOrder.SCHEMA);
            }
            return json.decode(line).orElseThrow();
        }
    }

    void run() throws Exception {
        StreamExecutionEnvironment flink =
                StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, configuration());
        flink.enableCheckpointing(BETWEEN_CHECKPOINTS);
        flink.getConfig().enableObjectReuse();
        DataGeneratorSource<byte[]> source = new DataGeneratorSource<>(
                Templates::line, orders, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
        DataStream<EnrichedOrder> decoded = flink.fromSource(source, WatermarkStrategy.noWatermarks(), "json")
                .map(new Decode())
                .returns(Records.typeOf(EnrichedOrder.SCHEMA));
        if (views || lake) {
            Arrivals<EnrichedOrder> arrivals = !lake
                    ? Arrivals.stamp(decoded, RetailLake.LAYOUT, ArrivalClock.system())
                    : LakeSink.to(lakeRoot().toUri().toString(), RetailLake.LAYOUT, EnrichedOrder.SCHEMA)
                            .deliver(decoded, ArrivalClock.system());
            if (views) {
                VIEWS.forEach(view -> arrivals.slices(view).into(store.factory()));
            }
        } else {
            decoded.sinkTo(new DiscardingSink<>());
        }
        flink.execute("pipeline");
    }

    private Path lakeRoot() {
        return work.resolve("lake");
    }

    private Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                work.resolve("checkpoints").toUri().toString());
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(1));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        return configuration;
    }

    /**
     * Counts what has arrived.
     *
     * @throws IllegalStateException when it is not each order once
     */
    void check() throws IOException {
        if (views) {
            for (View<EnrichedOrder> view : VIEWS) {
                check(
                        "view " + view.name(),
                        LambdaView.of(view, store).read().rows(),
                        view.rows(Templates.slices(view, orders)));
            }
        }
        if (lake) {
            LocalLake<EnrichedOrder> found = OrdersLake.at(lakeRoot());
            LakeContents contents = found.contents(found.newestCut().orElseThrow());
            check("lake", contents.records(), orders);
        }
    }

    private static void check(String where, @Nullable Object found, Object expected) {
        if (!Objects.equals(found, expected)) {
            throw new IllegalStateException(
                    "Cannot measure the pipeline: its %s has %s (must have %s)".formatted(where, found, expected));
        }
    }
}
