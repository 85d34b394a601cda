package io.tributary.view;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.jspecify.annotations.Nullable;

/**
 * Sales of awkward values: nulls everywhere, equal times, times before 1970, texts that hold the
 * separators of every format and whose order in UTF-16 is not that of their code points.
 */
final class AwkwardSales {
    /** The times of all sales lie within these wall-clock seconds around 1970-01-01T00:00:00. */
    static final int SPAN = 6_000;

    private static final @Nullable String[] TEXTS = {
        null, "", "a", "b", "\\", "\\s", "\u001F", "a\u001Fb", "a\\", "\"],[\"", "'", "담배", "\uFF8A", "😀", "null", "\n"
    };
    private static final @Nullable Double[] WEIGHTS = {null, -0.0, 0.0, 1e-300, -1e300, 0.1};
    private static final LocalDateTime EPOCH = LocalDateTime.parse("1970-01-01T00:00:00");

    private final Random random;

    private AwkwardSales(long seed) {
        this.random = new Random(seed);
    }

    static Arbitrary<List<Sale>> lists(int most) {
        return Arbitraries.longs()
                .withoutEdgeCases()
                .flatMap(seed -> Arbitraries.integers()
                        .between(0, most)
                        .withoutEdgeCases()
                        .map(size -> new AwkwardSales(seed).list(size)));
    }

    private List<Sale> list(int size) {
        List<Sale> sales = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            sales.add(next());
        }
        return sales;
    }

    private Sale next() {
        long second = random.nextInt(3) == 0 ? (random.nextInt(5) - 2) * 600L : random.nextInt(SPAN) - SPAN / 2;
        return new Sale(
                TEXTS[random.nextInt(TEXTS.length)],
                TEXTS[random.nextInt(5)],
                random.nextInt(4) == 0 ? null : (Integer) (random.nextInt(7) - 3),
                random.nextInt(4) == 0 ? null : (Long) (random.nextLong() >> 8),
                random.nextInt(4) == 0 ? null : BigDecimal.valueOf(random.nextLong() / 100_000, 2),
                WEIGHTS[random.nextInt(WEIGHTS.length)],
                random.nextInt(3) == 0 ? null : (Boolean) random.nextBoolean(),
                random.nextInt(4) == 0 ? null : LocalDate.ofEpochDay(random.nextInt(5) - 2),
                random.nextInt(4) == 0 ? null : EPOCH.plusNanos((random.nextInt(5) - 2) * 500_000_000L),
                EPOCH.plusSeconds(second).plusNanos(random.nextInt(2) * 999_999_000L),
                Instant.ofEpochSecond(random.nextInt(4) - 2, random.nextInt(2) * 999_999_000L));
    }
}
