package io.tributary.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tributary.batch.lake.Lakes;
import io.tributary.batch.query.Dialect;
import io.tributary.batch.query.Query;
import io.tributary.partition.PartitionLayout;
import io.tributary.partition.PartitionPredicate;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.view.View;
import io.trino.sql.parser.ParsingOptions;
import io.trino.sql.parser.SqlParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ViewSqlTest {
    private static final Source.Table ORDERS = Source.table("lake", "transaction_order");

    static Stream<Arguments> viewsByDialect() {
        return Stream.of(Dialect.values())
                .flatMap(dialect -> RetailViews.all().stream().map(view -> Arguments.of(dialect, view)));
    }

    static Stream<Arguments> adHocByDialect() {
        return Stream.of(Dialect.values())
                .flatMap(dialect -> Stream.of(
                                RetailViews.DAILY_SALES, RetailViews.TRADING_HOURS, RetailViews.CATEGORY_SALES)
                        .map(view -> Arguments.of(dialect, view)));
    }

    private static String golden(Dialect dialect, String name) throws IOException {
        String file = "/sql/%s/%s.sql".formatted(dialect.name().toLowerCase(Locale.ROOT), name);
        try (InputStream in = Objects.requireNonNull(ViewSqlTest.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        }
    }

    private static void checkSyntax(Query query) {
        new SqlParser().createStatement(query.sql(), new ParsingOptions());
    }

    @ParameterizedTest
    @MethodSource("viewsByDialect")
    void slicesAreAskedForInThisText(Dialect dialect, View<EnrichedOrder> view) throws IOException {
        assertThat(ViewSql.of(view, dialect).slices(ORDERS).sql()).isEqualTo(golden(dialect, view.name()));
    }

    @ParameterizedTest
    @MethodSource("adHocByDialect")
    void anAdHocQuestionIsThisText(Dialect dialect, View<EnrichedOrder> view) throws IOException {
        assertThat(ViewSql.of(view, dialect).answer(ORDERS).sql()).isEqualTo(golden(dialect, view.name() + "-ad-hoc"));
    }

    @Test
    void filesAreReadByThisText() throws IOException {
        Source files = Source.jsonFiles(List.of(Path.of("/lake/담배 'a'.json"), Path.of("/lake/b?{0}.json")));
        assertThat(ViewSql.of(RetailViews.DAILY_SALES, Dialect.DUCKDB)
                        .answer(files)
                        .sql())
                .isEqualTo(golden(Dialect.DUCKDB, "daily-sales-of-files"));
    }

    @Test
    void whatAthenaIsAskedIsTrinosSyntax() {
        for (View<EnrichedOrder> view : RetailViews.all()) {
            checkSyntax(ViewSql.of(view, Dialect.ATHENA).slices(ORDERS));
        }
        for (View<Reading> view : Readings.VIEWS) {
            checkSyntax(ViewSql.of(view, Dialect.ATHENA).slices(Source.table("reading")));
        }
        checkSyntax(ViewSql.of(RetailViews.CATEGORY_SALES, Dialect.ATHENA).answer(ORDERS));
        checkSyntax(ViewSql.of(RetailViews.TODAY_SALES, Dialect.ATHENA).answer(ORDERS));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void onlyTheNeededPartitionsAreRead(Dialect dialect) {
        PartitionPredicate twoDays =
                Lakes.LAYOUT.predicate(Instant.parse("2023-12-31T22:00:00Z"), Instant.parse("2024-01-01T03:00:00Z"));
        assertThat(oneLine(ViewSql.of(RetailViews.DIVISION_SALES, dialect).answer(ORDERS.where(twoDays))))
                .contains("from \"lake\".\"transaction_order\" where ( ( "
                        + "\"transaction_order\".\"year\" = 2023"
                        + " and \"transaction_order\".\"month\" = 12"
                        + " and \"transaction_order\".\"day\" = 31"
                        + " and \"transaction_order\".\"hour\" >= 22 ) or ( "
                        + "\"transaction_order\".\"year\" = 2024"
                        + " and \"transaction_order\".\"month\" = 1"
                        + " and \"transaction_order\".\"day\" = 1"
                        + " and \"transaction_order\".\"hour\" <= 2 ) ) group by");
        PartitionLayout daily = PartitionLayout.parse("lake/dt=!{timestamp:yyyy-MM-dd}/");
        PartitionPredicate days =
                daily.predicate(Instant.parse("2024-01-01T00:00:00Z"), Instant.parse("2024-01-03T00:00:00Z"));
        assertThat(oneLine(ViewSql.of(RetailViews.DIVISION_SALES, dialect).slices(ORDERS.where(days))))
                .contains("where \"transaction_order\".\"dt\" between '2024-01-01' and '2024-01-02' )");
        PartitionPredicate none = daily.predicate(Instant.MIN, Instant.MIN);
        assertThat(oneLine(ViewSql.of(RetailViews.DIVISION_SALES, dialect).slices(ORDERS.where(none))))
                .contains("where false )");
    }

    private static String oneLine(Query query) {
        return query.sql().replaceAll("\\s+", " ");
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void noNameGetsOutOfItsQuotes(Dialect dialect) {
        Query query = ViewSql.of(RetailViews.DAILY_SALES, dialect).answer(Source.table("a\"; drop table b; --", "t'"));
        assertThat(query.sql()).contains("from \"a\"\"; drop table b; --\".\"t'\"");
    }

    @Test
    void saysWhyAViewIsNotOneSelect() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ViewSql.of(RetailViews.HOURLY_DIVISION_SALES_OVER_20000, Dialect.ATHENA)
                        .answer(ORDERS))
                .withMessage(
                        "Cannot write view hourly-division-sales-over-20000 as one SELECT: it has windows, a rollup,"
                                + " a having condition (build its batch view)");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ViewSql.of(Readings.VIEWS.get(1), Dialect.ATHENA).answer(ORDERS))
                .withMessageContaining("the measure d, average(hour)");
    }

    @Test
    void onlyDuckDbReadsFiles() {
        Source files = Source.jsonFiles(List.of(Path.of("/lake/a.json")));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ViewSql.of(RetailViews.DAILY_SALES, Dialect.ATHENA).answer(files))
                .withMessage("Cannot read files of JSON lines on ATHENA (name the table of its catalogue)");
        assertThatIllegalArgumentException().isThrownBy(() -> Source.jsonFiles(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Source.table("a", "b", "c", "d"));
        assertThatIllegalArgumentException().isThrownBy(() -> Source.table("a", " "));
    }
}
