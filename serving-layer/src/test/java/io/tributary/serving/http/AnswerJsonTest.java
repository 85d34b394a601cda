package io.tributary.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.serving.Coverage;
import io.tributary.serving.http.AnswerJson.Body;
import io.tributary.view.BatchView.Hole;
import io.tributary.view.Measure;
import io.tributary.view.Origin;
import io.tributary.view.Row;
import io.tributary.view.SpeedStore.Commit;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnswerJsonTest {
    private static final View<EnrichedOrder> TOTALS = View.named("totals")
            .over(EnrichedOrder.SCHEMA)
            .rollup(EnrichedOrder.TR_DATE, EnrichedOrder.DIVISION_NAME)
            .measure("cnt", Measure.count())
            .build();

    private static String json(Body body) {
        return new String(AnswerJson.object(body), StandardCharsets.UTF_8);
    }

    @Test
    void aViewHasColumnsOfRoles() {
        String ranked = json(json -> AnswerJson.view(RetailViews.HOURLY_TOP3_DIVISIONS, json));

        assertThat(ranked)
                .startsWith("{\"name\":\"hourly-top3-divisions\",\"windows\":true,\"modes\":[\"update\",\"append\"],"
                        + "\"columns\":[{\"name\":\"window_start\",\"role\":\"window\",\"type\":\"timestamp\"},"
                        + "{\"name\":\"window_end\",\"role\":\"window\",\"type\":\"timestamp\"},"
                        + "{\"name\":\"division_name\",\"role\":\"dimension\",\"type\":\"string\"},")
                .contains("\"role\":\"measure\"", "\"role\":\"rank\"")
                .contains("],\"definition\":\"");
        assertThat(json(json -> AnswerJson.view(TOTALS, json)))
                .startsWith("{\"name\":\"totals\",\"windows\":false,\"modes\":[\"update\"],"
                        + "\"columns\":[{\"name\":\"tr_date\",\"role\":\"dimension\",\"type\":\"string\"},"
                        + "{\"name\":\"division_name\",\"role\":\"dimension\",\"type\":\"string\"},"
                        + "{\"name\":\"cnt\",\"role\":\"measure\",\"type\":\"bigint\"}],");
    }

    @Test
    void aKeyTellsRowsApart() {
        List<Object> day = Arrays.asList(LocalDate.parse("2015-01-02"), null);
        TimeRange window = TimeRange.day("2015-01-02");

        assertThat(json(json -> {
                    json.writeFieldName("total");
                    AnswerJson.key(TOTALS, null, day, 1, json);
                    json.writeFieldName("row");
                    AnswerJson.key(TOTALS, null, day, 2, json);
                    json.writeFieldName("window");
                    AnswerJson.key(RetailViews.HOURLY_SALES, window, List.of(), 0, json);
                }))
                .isEqualTo("{\"total\":[\"2015-01-02\",null,1],\"row\":[\"2015-01-02\",null,2],"
                        + "\"window\":[\"2015-01-02T00:00:00\",\"2015-01-03T00:00:00\"]}");
    }

    @Test
    void groupingTellsTotalsFromRowsOfNull() {
        List<Object> nothing = Arrays.asList(null, null);
        List<Row> rows = Stream.of(2, 1, 0)
                .map(kept -> new Row(null, nothing, kept, List.of(1L), 0))
                .toList();

        assertThat(json(json -> AnswerJson.grouping(rows, json))).isEqualTo("{\"grouping\":[0,1,3]}");
    }

    @Test
    void coverageTellsAllThatIsKnown() {
        Instant four = Instant.parse("2023-09-07T04:00:00Z");
        Coverage coverage = new Coverage(
                four,
                Optional.of(four),
                Optional.of(new Commit(3, four.plusSeconds(1))),
                true,
                List.of(new Hole("hour=03/", "torn")),
                Optional.of("cut by time"));

        assertThat(json(json -> AnswerJson.coverage(coverage, json)))
                .isEqualTo("{\"coverage\":{\"complete\":false,\"cut\":\"2023-09-07T04:00:00Z\","
                        + "\"newest\":\"2023-09-07T04:00:00Z\",\"committed\":\"2023-09-07T04:00:01Z\","
                        + "\"provisional\":true,\"approximate\":\"cut by time\","
                        + "\"missing\":[{\"partition\":\"hour=03/\",\"reason\":\"torn\"}]}}");
        assertThat(json(json -> AnswerJson.coverage(Answers.COVERAGE, json)))
                .isEqualTo("{\"coverage\":{\"complete\":true,\"cut\":null,\"newest\":null,\"committed\":null,"
                        + "\"provisional\":false,\"missing\":[]}}");
    }

    @Test
    void rowsAndOriginsStandSideBySide() {
        assertThat(json(json -> {
                    AnswerJson.rows(Answers.HOURLY, List.of(Answers.sales(20, 150)), json);
                    AnswerJson.origins(List.of(Origin.BOTH), json);
                }))
                .isEqualTo(
                        "{\"rows\":[{\"window_start\":\"2015-01-02T20:00:00\",\"window_end\":\"2015-01-02T21:00:00\","
                                + "\"sum_of_mount\":1.5}],\"origins\":[\"both\"]}");
    }
}
