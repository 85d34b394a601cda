package io.tributary.batch.athena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tributary.batch.query.Query;
import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import io.tributary.retail.EnrichedOrder;
import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.apache.hadoop.hive.ql.parse.BaseSemanticAnalyzer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AthenaTableTest {
    private static final PartitionLayout HOURLY = PartitionLayout.parse("data/stream_data/year=!{timestamp:yyyy}/"
            + "month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/");
    private static final PartitionLayout DAYS =
            PartitionLayout.parse("parquet/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/");
    private static final AthenaTable<EnrichedOrder> ORDERS = AthenaTable.json(
            new TableName("de_enhancement_db_blee", "transaction_order2"),
            EnrichedOrder.SCHEMA,
            LakeLocation.bucket("hist-streaming-lab-blee", HOURLY));

    record Line(String code, LocalDate day) {}

    private static AthenaTable<Line> lines(String comment) {
        return AthenaTable.parquet(
                new TableName("retail", "line"), schema(comment), new LakeLocation("s3://lake/", DAYS));
    }

    private static Schema<Line> schema(String comment) {
        return Schema.of(
                "line",
                Line.class,
                Column.text("code", Line::code).comment(comment),
                Column.date("day_of_sale", Line::day));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(AthenaTableTest.class.getResourceAsStream("/ddl/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** White space and the quotes of names, which the workshop sets here and there, mean nothing. */
    private static String normal(String ddl) {
        return ddl.replace("`", "")
                .replaceAll("\\s+", " ")
                .replaceAll(" ?([(),]) ?", "$1")
                .strip();
    }

    @Test
    void theWorkshopsTableComesOutAsItStandsThereButForItsFloat() throws IOException {
        assertThat(normal(ORDERS.create().sql()))
                .isEqualTo(normal(golden("workshop-table.sql").replace("mount float", "mount decimal(18,2)")));
    }

    @Test
    void aTableOfParquetWithProjectionIsThisText() throws IOException {
        AthenaTable<Line> table = lines("it's a \\ code; -- 담배 */").withProjection(Projection.ofYears(2023, 2025));
        assertThat(table.createIfMissing().sql() + "\n").isEqualTo(golden("projected-parquet.sql"));
    }

    @Test
    void intColumnsAreProjectedWithTheirDigits() {
        assertThat(ORDERS.withProjection(Projection.ofYears(2023, 2033)).properties())
                .containsEntry("projection.year.type", "integer")
                .containsEntry("projection.year.range", "2023,2033")
                .containsEntry("projection.month.range", "1,12")
                .containsEntry("projection.day.range", "1,31")
                .containsEntry("projection.hour.range", "0,23")
                .containsEntry("projection.hour.digits", "2")
                .containsEntry(
                        "storage.location.template",
                        "s3://hist-streaming-lab-blee/data/stream_data/"
                                + "year=${year}/month=${month}/day=${day}/hour=${hour}/");
    }

    @Test
    void hiveReadsWhatWasMeant() {
        Partition partition = HOURLY.partitionOf(Instant.parse("2023-08-09T23:10:00Z"));
        String name = "(tok_tabname de_enhancement_db_blee transaction_order2)";
        assertThat(HiveParser.tree(ORDERS.create().sql()))
                .startsWith("(tok_createtable " + name + " external")
                .contains("(tok_tabcol mount (tok_decimal 18 2) 'Price of Order')")
                .contains("(tok_tablepartcols (tok_tabcol year tok_int) (tok_tabcol month tok_int)");
        assertThat(HiveParser.tree(lines("")
                        .withProjection(Projection.ofYears(2023, 2025))
                        .create()
                        .sql()))
                .contains("(tok_tableproperty 'projection.dt.range' '2023-01-01,2025-12-31')");
        assertThat(HiveParser.tree(only(ORDERS.addPartitions(List.of(partition)))))
                .contains("tok_altertable_addparts tok_ifnotexists (tok_partspec (tok_partval year 2023)"
                        + " (tok_partval month 8) (tok_partval day 9) (tok_partval hour 23))"
                        + " (tok_partitionlocation 's3://hist-streaming-lab-blee/data/stream_data/"
                        + "year=2023/month=08/day=09/hour=23/')");
        assertThat(HiveParser.tree(only(ORDERS.dropPartitions(List.of(partition, HOURLY.next(partition))))))
                .contains("tok_altertable_dropparts")
                .contains("(tok_partval hour = 23)")
                .contains("(tok_partval day = 10) (tok_partval hour = 0)")
                .contains("tok_ifexists");
        assertThat(HiveParser.tree(ORDERS.repair().sql())).startsWith("(tok_msck repair " + name);
        assertThat(HiveParser.tree(ORDERS.showPartitions().sql())).startsWith("(tok_showpartitions " + name);
        assertThat(HiveParser.tree(ORDERS.drop().sql())).startsWith("(tok_droptable " + name + " tok_ifexists");
    }

    private static String only(List<Query> statements) {
        assertThat(statements).hasSize(1);
        return statements.get(0).sql();
    }

    @Test
    void partitionsAreAddedAHundredAtATime() {
        Instant from = Instant.parse("2023-08-01T00:00:00Z");
        List<Partition> partitions = HOURLY.partitions(from, from.plusSeconds(250 * 3600L));
        assertThat(ORDERS.addPartitions(partitions))
                .extracting(statement -> statement.sql().split("PARTITION \\(").length - 1)
                .containsExactly(100, 100, 50);
        assertThat(ORDERS.dropPartitions(partitions)).hasSize(3);
        assertThat(ORDERS.addPartitions(List.of())).isEmpty();
    }

    @Property(tries = 300)
    void aCommentIsReadBackAsItWasOrRefused(@ForAll @StringLength(max = 40) String comment) {
        AthenaTable<Line> table = lines(comment);
        String ddl;
        try {
            ddl = table.create().sql();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("Invalid comment of column code: must be text without");
            return;
        }
        String tree = HiveParser.tree(ddl);
        assertThat(tree).contains("(tok_tabcol day_of_sale tok_string)");
        if (!comment.isEmpty()) {
            String start = "(tok_tabcol code tok_string ";
            int begin = tree.indexOf(start) + start.length();
            String literal = tree.substring(begin, tree.indexOf(") (tok_tabcol day_of_sale", begin));
            assertThat(BaseSemanticAnalyzer.unescapeSQLString(literal)).isEqualTo(comment);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "it's",
                "a\\",
                "\\' , x string) --",
                "\\u0041 \\n \\101",
                "'; drop table t; --",
                "/* 담배 */ `x`",
                "100%_",
                "${hiveconf:x}"
            })
    void noCommentGetsOutOfItsQuotes(String comment) {
        aCommentIsReadBackAsItWasOrRefused(comment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a`b", "a\"b", "a'b", "a;b", "a--b", "a.b", "A", "담배", "a b", "/*", "\u0000"})
    void aNameThatAthenaDoesNotHaveIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TableName("db", name))
                .withMessage("Invalid table name: %s (must match [a-z0-9_]{1,255}; rename it)", name);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TableName(name, "t"))
                .withMessageStartingWith("Invalid database name: ");
    }

    @Test
    void aNameOf300CharactersIsRefusedAndOneOf255IsNot() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TableName("db", "a".repeat(300)))
                .withMessageContaining("{1,255}")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
        assertThat(new TableName("db", "a".repeat(255)).table()).hasSize(255);
    }

    @Test
    void reservedWordsAreNames() {
        AthenaTable<Line> table =
                AthenaTable.json(new TableName("select", "table"), schema(""), LakeLocation.bucket("lake", DAYS));
        assertThat(HiveParser.tree(table.create().sql())).contains("(tok_tabname select table)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lake", "s3://", "s3://a'b", "s3://a b", "s3://a\nb", "s3://a/${x}", "s3://a/*", "'; drop"})
    void aLocationThatIsNoUriIsRefused(String root) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LakeLocation(root, DAYS))
                .withMessageStartingWith("Invalid location of a lake: ");
    }

    @Test
    void saysAllThatKeepsASchemaFromBeingATable() {
        record Clash(String hour) {}
        Schema<Clash> schema =
                Schema.of("clash", Clash.class, Column.text("hour", Clash::hour).comment("x".repeat(256)));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        AthenaTable.json(new TableName("db", "clash"), schema, LakeLocation.bucket("lake", HOURLY)))
                .withMessage("Invalid table db.clash: column hour is in the schema and in the layout (rename one);"
                        + " the comment of column hour has 256 characters (at most 255)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AthenaTable.json(
                        new TableName("db", "line"),
                        schema(""),
                        LakeLocation.bucket("lake", PartitionLayout.parse("x/!{timestamp:yyyy/MM}/"))))
                .withMessageContaining("has no columns");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Projection.ofYears(2024, 2023))
                .withMessageStartingWith("Invalid projection: years 2024 to 2023");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ORDERS.addPartitions(DAYS.partitions(Instant.EPOCH, Instant.EPOCH.plusSeconds(1))))
                .withMessageStartingWith("Cannot name partition parquet/dt=1970-01-01/hour=00/ of table");
    }
}
