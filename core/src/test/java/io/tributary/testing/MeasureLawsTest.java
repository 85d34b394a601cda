package io.tributary.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import io.tributary.schema.Schema;
import io.tributary.view.Aggregate;
import io.tributary.view.Condition;
import io.tributary.view.Measure;
import io.tributary.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MeasureLawsTest {
    private static final List<Gauge> GAUGES = Gauge.awkward(1, 40);
    private static final AtomicLong ASKED = new AtomicLong();

    private static <V> Measure<Gauge, V> of(ColumnType<V> type, Measure.Finish<V> finish) {
        return new Measure<>("broken", List.of(new Aggregate.Sum<>(Gauge.LEVEL)), type, finish);
    }

    private static void refused(Measure<Gauge, ?> measure, String message) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> MeasureLaws.check(measure, Gauge.SCHEMA, GAUGES, 7))
                .withMessageContaining(message);
    }

    @Test
    void measuresOfTheLibraryObeyTheLaws() {
        for (Measure<Gauge, ?> measure : List.<Measure<Gauge, ?>>of(
                Measure.count(),
                Measure.sum(Gauge.LEVEL),
                Measure.average(Gauge.LEVEL),
                Measure.min(Gauge.TIME),
                Measure.distinct(Gauge.NAME, Gauge.LEVEL),
                Measure.approxDistinct(Gauge.NAME),
                Measure.latest(Gauge.NAME, Gauge.TIME))) {
            for (long seed = 0; seed < 5; seed++) {
                MeasureLaws.check(measure, Gauge.SCHEMA, GAUGES, seed);
            }
            assertThatCode(() -> MeasureLaws.check(measure, Gauge.SCHEMA, List.of()))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aValueThatDependsOnMoreThanTheStateIsRefused() {
        refused(
                of(ColumnType.longInteger(), states -> ASKED.incrementAndGet()),
                "Invalid value of the merge with the identity on the left, of measures [broken] by seed 7: [Row[");
    }

    /** Though no group of the view would have a row. */
    @Test
    void aMeasureOfAViewIsCheckedWhateverTheViewShows() {
        View<Gauge> view = View.named("broken")
                .over(Gauge.SCHEMA)
                .groupBy(Gauge.NAME)
                .measure("asked", of(ColumnType.longInteger(), states -> ASKED.incrementAndGet()))
                .having(Condition.column(Gauge.NAME).isNotNull())
                .build();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> MeasureLaws.check(view, GAUGES, 7))
                .withMessageContaining("Invalid value of the merge with the identity on the left");
    }

    @Test
    void aValueOfAnotherTypeIsRefused() {
        @SuppressWarnings("unchecked")
        Measure.Finish<String> wrong =
                (Measure.Finish<String>) (Measure.Finish<?>) (Measure.Finish<Object>) states -> 5L;
        refused(of(ColumnType.text(), wrong), "Invalid value: 5 of Long (must be of String, as the measure's type is)");
    }

    @Test
    void aMeasureThatCannotBeSentIsRefused() {
        Object lock = new Object();
        refused(
                of(ColumnType.longInteger(), states -> (long) lock.hashCode()),
                "Cannot send measures [broken] to a cluster: java.io.NotSerializableException: java.lang.Object");
    }

    /** A getter that counts its calls gives each order of the records another sum. */
    @Test
    void aColumnThatIsNotOfTheRecordAloneIsRefused() {
        record Noisy(long value) {}
        AtomicLong calls = new AtomicLong();
        Column<Noisy, Long> column =
                Column.of("value", ColumnType.longInteger(), noisy -> noisy.value() * calls.incrementAndGet());
        List<Noisy> records = new ArrayList<>(List.of(new Noisy(1), new Noisy(2), new Noisy(3)));
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(
                        () -> MeasureLaws.check(Measure.sum(column), Schema.of("noise", Noisy.class, column), records))
                .withMessageContaining("Invalid fold in another order");
    }
}
