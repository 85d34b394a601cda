package io.tributary.testing;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import io.tributary.schema.Schema;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A level of a river, which may have failed to be measured. */
record Gauge(String name, @Nullable Long level, LocalDateTime time) {
    static final Column<Gauge, String> NAME = Column.text("name", Gauge::name);
    static final Column<Gauge, Long> LEVEL =
            Column.of("level", ColumnType.longInteger(), Gauge::level).optional();
    static final Column<Gauge, LocalDateTime> TIME = Column.dateTime("time", Gauge::time);
    static final Schema<Gauge> SCHEMA = Schema.of("gauges", Gauge.class, NAME, LEVEL, TIME);

    static List<Gauge> awkward(long seed, int size) {
        Random random = new Random(seed);
        Supplier<String> names = AwkwardTexts.random(seed);
        Supplier<LocalDateTime> times = AwkwardTimes.random(seed);
        List<Gauge> gauges = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Long level = random.nextInt(4) == 0 ? null : (Long) (long) (random.nextInt(21) - 10);
            gauges.add(new Gauge(names.get(), level, times.get()));
        }
        return gauges;
    }

    static Gauge at(String time) {
        return new Gauge("한강", 1L, LocalDateTime.parse(time));
    }
}
