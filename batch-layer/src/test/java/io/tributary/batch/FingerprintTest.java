package io.tributary.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.tributary.batch.query.Dialect;
import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    record Level(String gauge, @Nullable Integer centimetres) {}

    private static final Schema<Level> LEVELS = Schema.of(
            "levels",
            Level.class,
            Column.text("gauge", Level::gauge),
            Column.integer("centimetres", Level::centimetres).optional());

    private static Fingerprint of(Dialect dialect) {
        return new Fingerprint(LEVELS, new Sql(dialect));
    }

    private static List<String> rendered(Fingerprint fingerprint) {
        return fingerprint.aggregates().stream()
                .map(field -> fingerprint.sql().render().render(field))
                .toList();
    }

    @Test
    void isOfAllValuesInEitherDialect() {
        assertThat(rendered(of(Dialect.DUCKDB)))
                .containsExactly("count(*)", "count(\"gauge\")", "sum(hash(\"gauge\", \"centimetres\"))");
        assertThat(rendered(of(Dialect.ATHENA)))
                .containsExactly("count(*)", "count(\"gauge\")", "to_hex(checksum(row(\"gauge\", \"centimetres\")))");
    }

    @Test
    void holdsLinesToTheirManifest() {
        Fingerprint fingerprint = of(Dialect.DUCKDB);
        assertThatNoException().isThrownBy(() -> fingerprint.check("day=1", List.of("3", "3", "77"), 3));
        assertThatIllegalStateException()
                .isThrownBy(() -> fingerprint.check("day=1", List.of("2", "2", "77"), 3))
                .withMessage(
                        "Cannot compact day=1: the JSON lines have 2 records (their manifest says 3 records; verify the partition)");
        assertThatIllegalStateException()
                .isThrownBy(() -> fingerprint.check("day=1", List.of("3", "2", "77"), 3))
                .withMessage(
                        "Cannot compact day=1: the JSON lines have 2 values of gauge (their manifest says 3 records; verify the partition)");
    }

    @Test
    void holdsTheCopyToTheLines() {
        assertThatIllegalStateException()
                .isThrownBy(() -> of(Dialect.DUCKDB).compare("day=1", List.of("3", "3", "77"), List.of("3", "3", "78")))
                .withMessageStartingWith(
                        "Cannot compact day=1: the Parquet files hold [3, 3, 78], the JSON lines hold [3, 3, 77] ");
    }
}
