package io.tributary.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.examples.lab.Comparison.Pair;
import io.tributary.examples.lab.Comparison.Verdict;
import io.tributary.retail.RetailViews;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final LocalDateTime START = LocalDateTime.parse("2015-01-02T20:00:00");
    private static final List<String> DIVISION_COLUMNS = List.of("division_name", "cnt_of_sales", "sum_of_sales");

    private static List<Object> division(String name, long count, int sum) {
        return Arrays.asList(name, count, won(sum));
    }

    private static BigDecimal won(int amount) {
        return BigDecimal.valueOf(amount).setScale(2);
    }

    private static LabTable divisions(List<List<Object>> rows) {
        return new LabTable(RetailViews.DIVISION_SALES.columns(), rows).select(DIVISION_COLUMNS);
    }

    private static Comparison compare(List<List<Object>> view, List<List<Object>> sql) {
        return Comparison.of(
                RetailViews.DIVISION_SALES, divisions(view), divisions(sql), new LabTable(List.of(), List.of()));
    }

    private static List<Object> ranked(int rank, String name, int amount) {
        return List.of(START, START.plusHours(1), name, won(amount), 1L, rank);
    }

    private static Comparison compareTop(List<List<Object>> view, List<List<Object>> sql, List<List<Object>> all) {
        var columns = RetailViews.HOURLY_TOP3_DIVISIONS.columns();
        return Comparison.of(
                RetailViews.HOURLY_TOP3_DIVISIONS,
                new LabTable(columns, view),
                new LabTable(columns, sql),
                new LabTable(columns.subList(0, 5), all));
    }

    private static List<List<Object>> unranked(List<List<Object>> ranked) {
        return ranked.stream().map(row -> row.subList(0, 5)).toList();
    }

    @Test
    void rowsInAnyOrderAreTheSame() {
        List<Object> tobacco = division("담배", 2, 9000);
        List<Object> unknown = division(null, 1, 500);

        Comparison comparison = compare(List.of(tobacco, unknown), List.of(unknown, tobacco));

        assertThat(comparison.isEqual()).isTrue();
        assertThat(comparison.count(Verdict.SAME)).isEqualTo(2);
    }

    @Test
    void aRowThatDiffersAndOneThatIsMissingAreFound() {
        Comparison comparison = compare(
                List.of(division("과자", 1, 100), division("담배", 2, 9000)),
                List.of(division("담배", 2, 8999), division("음료", 1, 50)));

        assertThat(comparison.isEqual()).isFalse();
        assertThat(comparison.pairs())
                .extracting(Pair::verdict)
                .containsExactly(Verdict.ONLY_IN_VIEW, Verdict.DIFFERENT, Verdict.ONLY_IN_SQL);
    }

    @Test
    void divisionsThatSellTheSameAreTied() {
        List<List<Object>> view = List.of(ranked(1, "과자", 300), ranked(2, "담배", 300));
        List<List<Object>> sql = List.of(ranked(1, "담배", 300), ranked(2, "과자", 300));

        Comparison comparison = compareTop(view, sql, unranked(view));

        assertThat(comparison.isEqual()).isTrue();
        assertThat(comparison.count(Verdict.TIED)).isEqualTo(2);
    }

    @Test
    void aDivisionThatSoldNothingOfTheKindIsNotTied() {
        List<List<Object>> view = List.of(ranked(1, "과자", 300));
        List<List<Object>> sql = List.of(ranked(1, "유령", 300));

        assertThat(compareTop(view, sql, unranked(view)).isEqual()).isFalse();
    }

    @Test
    void equalLinesOfAStreamAreCounted() {
        LabTable once = divisions(List.of(division("담배", 1, 100)));
        List<List<Object>> two = new ArrayList<>(List.of(division("담배", 1, 100), division("담배", 1, 100)));

        Comparison comparison = Comparison.ofRows(once, divisions(two));

        assertThat(comparison.count(Verdict.SAME)).isEqualTo(1);
        assertThat(comparison.count(Verdict.ONLY_IN_SQL)).isEqualTo(1);
    }

    @Test
    void everyLabHasItsStatement() {
        for (Lab lab : Lab.values()) {
            assertThat(lab.sql()).as(lab.number()).contains("transaction_order_flink");
            assertThat(Lab.numbered(lab.number())).isEqualTo(lab);
            assertThat(lab.view().isPresent()).as(lab.number()).isEqualTo(lab != Lab.RAW_STREAM);
        }
    }
}
