package io.tributary.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
    record Point(int x, @Nullable String label) {
        Point {
            if (x < 0) {
                throw new IllegalStateException("Cannot go left of 0");
            }
        }
    }

    private static final Column<Point, Integer> X =
            Column.integer("x", Point::x).comment("how far right");
    private static final Column<Point, String> LABEL =
            Column.text("label", Point::label).optional();
    private static final Schema<Point> SCHEMA = Schema.of("point", Point.class, X, LABEL);

    @Test
    void makesTheRecordOfItsColumnsValues() {
        Point point = SCHEMA.create(3, null);
        assertThat(point).isEqualTo(new Point(3, null));
        assertThat(X.get(point)).isEqualTo(3);
        assertThat(LABEL.get(point)).isNull();
        assertThatThrownBy(() -> SCHEMA.create(-1, "a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot go left of 0");
    }

    @Test
    void findsColumnsByNameAndPosition() {
        assertThat(SCHEMA.columns()).isEqualTo(List.of(X, LABEL));
        assertThat(SCHEMA.column("label")).containsSame(LABEL);
        assertThat(SCHEMA.column("LABEL")).isEmpty();
        assertThat(SCHEMA.indexOf(LABEL)).isEqualTo(1);
        assertThat(SCHEMA.indexOf(X.optional())).isEqualTo(-1);
        assertThat(X.comment()).isEqualTo("how far right");
        assertThat(SCHEMA).hasToString("point[x, label]");
    }

    @Test
    void ordersNullBeforeAllValues() {
        assertThat(LABEL.order().compare(null, "")).isNegative();
        assertThat(LABEL.order().compare("b", "a")).isPositive();
    }

    @Test
    void namesEveryDifferenceFromTheRecord() {
        Column<Point, Long> wide = Column.of("x", ColumnType.longInteger(), point -> (long) point.x());
        assertThatThrownBy(() -> Schema.of("point", Point.class, wide, Column.integer("x", Point::x)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid schema point of Point: column x appears twice; "
                        + "column x is of Long, component x of int; "
                        + "column x is of Integer, component label of String");
        assertThatThrownBy(() -> Schema.of("point", Point.class, X))
                .hasMessage("Invalid schema point of Point: 1 columns for 2 components");
        assertThatThrownBy(() -> Schema.of("point", Point.class, X.optional(), LABEL))
                .hasMessage("Invalid schema point of Point: "
                        + "column x is optional, component x a primitive int (use Integer)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Label", "9lives", "a-b", "한글", "a b", "_a"})
    void refusesNamesThatAthenaFoldsOrQuotes(String name) {
        assertThatThrownBy(() -> Column.text(name, Point::label))
                .hasMessageStartingWith("Invalid column name: " + name + " (must match [a-z][a-z0-9_]{0,127}");
    }
}
