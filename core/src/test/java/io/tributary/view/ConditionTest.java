package io.tributary.view;

import static io.tributary.view.Condition.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.schema.ColumnType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
    private static final List<ViewColumn> COLUMNS = List.of(
            new ViewColumn("x", ColumnType.longInteger()),
            new ViewColumn("y", ColumnType.longInteger()),
            new ViewColumn("amount", ColumnType.decimal(38, 2)),
            new ViewColumn("shop", ColumnType.text()));

    private static @Nullable Boolean apply(Condition condition, @Nullable Object... values) {
        return condition.over(COLUMNS).apply(Arrays.asList(values));
    }

    private static @Nullable Long value(String truth) {
        return truth.equals("unknown") ? null : (Long) (truth.equals("true") ? 1L : 0L);
    }

    private static @Nullable Boolean truth(String truth) {
        return truth.equals("unknown") ? null : (Boolean) truth.equals("true");
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, true, true",
        "true, false, false, true",
        "true, unknown, unknown, true",
        "false, true, false, true",
        "false, false, false, false",
        "false, unknown, false, unknown",
        "unknown, true, unknown, true",
        "unknown, false, false, unknown",
        "unknown, unknown, unknown, unknown"
    })
    void joinsInThreeValuedLogic(String left, String right, String and, String or) {
        Condition x = column("x").isEqualTo(1);
        Condition y = column("y").isEqualTo(1);
        assertThat(apply(x.and(y), value(left), value(right))).isEqualTo(truth(and));
        assertThat(apply(x.or(y), value(left), value(right))).isEqualTo(truth(or));
        assertThat(apply(x.negate().or(y.negate()).negate(), value(left), value(right)))
                .isEqualTo(truth(and));
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true", "unknown, unknown"})
    void negatesInThreeValuedLogic(String value, String negated) {
        assertThat(apply(column("x").isEqualTo(1).negate(), value(value))).isEqualTo(truth(negated));
    }

    @Test
    void comparesWithLiteralsOfTheTypeOrTheirTexts() {
        List<Object> literals = List.of(2, 2L, "2", new BigDecimal("2.0"), 2.0);
        for (Object literal : literals) {
            assertThat(List.of("1.99", "2.00", "2.01"))
                    .as("%s", literal)
                    .extracting(text -> {
                        BigDecimal amount = new BigDecimal(text);
                        return Arrays.asList(
                                apply(column("amount").isLessThan(literal), null, null, amount),
                                apply(column("amount").isAtMost(literal), null, null, amount),
                                apply(column("amount").isEqualTo(literal), null, null, amount),
                                apply(column("amount").isAtLeast(literal), null, null, amount),
                                apply(column("amount").isGreaterThan(literal), null, null, amount));
                    })
                    .containsExactly(
                            List.of(true, true, false, false, false),
                            List.of(false, true, true, true, false),
                            List.of(false, false, false, true, true));
        }
    }

    @Test
    void nullIsNeitherInNorNotIn() {
        assertThat(apply(column("shop").isIn("a", "b"), null, null, null, null)).isNull();
        assertThat(apply(column("shop").isNotIn("a", "b"), null, null, null, null))
                .isNull();
        assertThat(apply(column("shop").isNotIn("a", "b"), null, null, null, "c"))
                .isTrue();
        assertThat(apply(column("shop").isNull(), null, null, null, null)).isTrue();
        assertThat(apply(column("shop").isNotNull(), null, null, null, null)).isFalse();
    }

    @Test
    void writesItself() {
        assertThat(column("shop")
                        .isNotIn("it's", "b")
                        .and(column("x").isNotNull().or(column("amount").isAtLeast(1.5))))
                .hasToString("(not (shop = 'it''s' or shop = 'b') and (not x is null or amount >= '1.5'))");
    }

    @Test
    void refusesUnknownColumnsAndLiteralsOfOtherTypes() {
        assertThatThrownBy(() -> column("z").isNull().over(COLUMNS))
                .hasMessage("condition on z (must be one of [x, y, amount, shop])");
        assertThatThrownBy(() -> column("amount").isLessThan("0.001").over(COLUMNS))
                .hasMessage("condition amount < '0.001': 0.001 must be a number of at most 36 digits before the point"
                        + " and 2 behind it");
    }
}
