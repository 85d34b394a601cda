package io.tributary.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.batch.query.Dialect;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.batch.query.Query;
import io.tributary.batch.query.QueryException;
import io.tributary.retail.EnrichedOrder;
import io.tributary.schema.Column;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jooq.Record;
import org.jooq.Select;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one parsing reads of JSON lines, and what it leaves to the reading that is always exact. */
class JsonSqlIT {
    private static final List<Column<EnrichedOrder, ?>> COLUMNS =
            List.of(EnrichedOrder.MOUNT, EnrichedOrder.QTY, EnrichedOrder.PRODUCT_NAME, EnrichedOrder.TR_DATETIME);
    private static final BigDecimal FIRST_TOO_LONG = new BigDecimal("10000000000000.00");

    private final Sql sql = new Sql(Dialect.DUCKDB);

    private List<List<@Nullable String>> read(SourceSql sources, Path file) {
        Select<Record> select = sources.select(Source.jsonFiles(List.of(file)), COLUMNS);
        try (DuckDbEngine engine = DuckDbEngine.start()) {
            return engine.run(Query.of(sql.render().render(select))).rows();
        }
    }

    private List<List<@Nullable String>> swift(Path file) {
        return read(SourceSql.swift(sql), file);
    }

    private List<List<@Nullable String>> exact(Path file) {
        return read(new SourceSql(sql), file);
    }

    private static Path amounts(Path directory, List<String> amounts) throws IOException {
        return Files.write(
                directory.resolve("lines"),
                amounts.stream().map("{\"mount\":%s}"::formatted).toList());
    }

    @Test
    void readsWhatTheExactReadingReads(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("lines"), """
                {"mount":1000.0,"qty":-2,"product_name":"\\ub2f4\\ubc30","tr_datetime":"2015-01-02T20:45:22"}
                {"tr_datetime":"2015-01-02T20:45:22.123456", "qty" : 2e3 , "mount" : 0.1E1, "product_name":"\\"mount\\":5"}
                {"extra":{"mount":[7.25,null]},"mount":null,"product_name":12.50,"qty":2147483647}

                {"mount":-9999999999999.99,"product_name":"","tr_datetime":"2015-01-02 20:45:22.5"}
                {"mount":12.3400,"tr_datetime":"1969-12-31T23:59:59.999"}
                {"mount":9223372036854775}
                {"mount":-9223372036854777,"qty":-2147483648}
                {}
                """);
        assertThat(swift(file)).hasSize(8).containsExactlyInAnyOrderElementsOf(exact(file));
    }

    @Test
    void noDigitOfAnAmountIsLost(@TempDir Path directory) throws IOException {
        Random random = new Random(1);
        List<String> amounts = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            long cents = random.nextLong() % 1_000_000_000_000_000L;
            amounts.add(BigDecimal.valueOf(cents >> random.nextInt(50), 2).toPlainString());
        }
        List<String> read = swift(amounts(directory, amounts)).stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
        assertThat(read).containsExactlyInAnyOrderElementsOf(amounts);
    }

    @Test
    void leavesAmountsThatADoubleMightBend(@TempDir Path directory) throws IOException {
        Stream<BigDecimal> amounts = Stream.of("10000000000000.01", "70368744177665.09", "-1234567890123456.78", "1e15")
                .map(BigDecimal::new);
        for (BigDecimal amount :
                Stream.concat(Stream.of(FIRST_TOO_LONG), amounts).toList()) {
            Path file = amounts(directory, List.of("1.0", amount.toString()));
            assertThatExceptionOfType(QueryException.class)
                    .as("%s", amount)
                    .isThrownBy(() -> swift(file))
                    .withMessageContaining("too many digits");
            assertThat(exact(file))
                    .extracting(row -> new BigDecimal(String.valueOf(row.get(0))))
                    .usingElementComparator(BigDecimal::compareTo)
                    .contains(amount);
        }
    }

    /** Which would be rounded or shifted. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"mount\":10.005}",
                "{\"mount\":1.0005e1}",
                "{\"mount\":0.004999999999999999999}",
                "{\"mount\":1e-9}",
                "{\"mount\":9999999999.994}",
                "{\"qty\":2.5}",
                "{\"qty\":-0.1}",
                "{\"qty\":1e-7}",
                "{\"tr_datetime\":\"2015-01-02T00:30:00+09:00\"}",
                "{\"tr_datetime\":\"2015-01-02T00:30+09\"}",
                "{\"tr_datetime\":\"2015-01-02T00:30:00Z\"}",
                "{\"tr_datetime\":\"2015-01-02T24:00:00\"}",
                "{\"tr_datetime\":\"2015-01-02T00:30:00.1234567\"}",
                "{\"tr_datetime\":\"2015-01-02\"}"
            })
    void whatTheCodecRefusesIsAnError(String line, @TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("lines"), line + "\n");
        assertThatExceptionOfType(QueryException.class).isThrownBy(() -> swift(file));
        assertThatExceptionOfType(QueryException.class).isThrownBy(() -> exact(file));
    }

    /** What the exact reading says of them is said where batch views are built. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"mount\":true}",
                "{\"mount\":\"12.5\"}",
                "{\"mount\":[1]}",
                "{\"mount\":NaN}",
                "{\"mount\":1e400}",
                "{\"mount\":1,\"mount\":2}",
                "{\"mount\":",
                "[{\"mount\":1}]",
                "5"
            })
    void leavesWhatIsNoGoodOrder(String line, @TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("lines"), line + "\n");
        assertThatExceptionOfType(QueryException.class).isThrownBy(() -> swift(file));
    }
}
