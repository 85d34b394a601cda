package io.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.query.Query;
import io.tributary.codec.JsonLines;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailLake;
import io.tributary.serving.Answer;
import io.tributary.serving.InMemorySpeedStore;
import io.tributary.speed.Records;
import io.tributary.view.BatchView;
import io.tributary.view.Row;
import io.tributary.view.Slices;
import io.tributary.view.TimeRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code on the modules' pages gives what one pass over the records gives. */
class ModulePagesIT {
    private static final List<EnrichedOrder> ORDERS = new RandomOrders(5, 1).list(300);

    @TempDir
    private Path directory;

    @Test
    void coreReadsAFileOfLines() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (EnrichedOrder order : ORDERS) {
            file.write(JsonLines.of(EnrichedOrder.SCHEMA).encode(order));
        }

        List<Row> rows = ModuleExamples.Core.hourlySales(new ByteArrayInputStream(file.toByteArray()));

        assertThat(rows).isNotEmpty().isEqualTo(onePass(TimeRange.all()));
    }

    @Test
    void theBatchLayersViewIsServed() throws IOException {
        LocalLake<EnrichedOrder> lake = LocalLake.at(directory, RetailLake.LAYOUT, EnrichedOrder.SCHEMA);
        BatchView batch = ModuleExamples.Batch.firstHour(lake, ORDERS);

        Answer answer = ModuleExamples.Serving.ofDay(InMemorySpeedStore.create(), batch, "2015-01-01");

        assertThat(answer.coverage().isComplete()).isTrue();
        assertThat(answer.rows()).isNotEmpty().isEqualTo(onePass(TimeRange.day("2015-01-01")));
    }

    @Test
    void theBatchLayersQueryReadsOneDay() {
        Query query = ModuleExamples.Batch.onAthena(RetailLake.LAYOUT, Instant.parse("2023-09-07T00:00:00Z"));

        assertThat(query.sql())
                .contains("sum(", "count(", "\"year\"", "\"month\"", "\"day\"")
                .doesNotContain("\"hour\"");
    }

    @Test
    void theSpeedLayerGivesEachHourOnce() throws Exception {
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.createLocalEnvironment(1);
        List<EnrichedOrder> inOrder = new ArrayList<>(ORDERS);
        inOrder.sort(Comparator.comparing(EnrichedOrder.TR_DATETIME::get));
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> given = ModuleExamples.Speed.hourly(
                        flink.fromData(inOrder, Records.typeOf(EnrichedOrder.SCHEMA)))
                .executeAndCollect()) {
            given.forEachRemaining(rows::add);
        }
        rows.sort(ModuleExamples.HOURLY_SALES.order());

        assertThat(rows).isEqualTo(onePass(TimeRange.all()));
    }

    private static List<Row> onePass(TimeRange range) {
        Slices<EnrichedOrder> slices = ModuleExamples.HOURLY_SALES.slices();
        slices.addAll(ORDERS);
        return ModuleExamples.HOURLY_SALES.rows(slices.toList(), range);
    }
}
