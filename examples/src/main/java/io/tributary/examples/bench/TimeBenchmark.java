package io.tributary.examples.bench;

import io.tributary.schema.ColumnType;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;

/** The two times of an order from their texts. */
final class TimeBenchmark implements Benchmark {
    private static final double TARGET = 20;
    private static final int MICROS = 6;
    private static final DateTimeFormatter FORMATTER = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, MICROS, true)
            .toFormatter(Locale.ROOT);

    @Override
    public String name() {
        return "time";
    }

    @Override
    public String summary() {
        return "the times of an order from their texts, against LocalDateTime.parse and a DateTimeFormatter";
    }

    @Override
    public void run(Scale scale, Consumer<Line> lines) throws Exception {
        int count = (int) scale.of(20_000, 400_000);
        String[] sold = texts(count, 0);
        String[] sent = texts(count, 1_000);
        ColumnType<LocalDateTime> dateTime = ColumnType.dateTime();
        ColumnType<Instant> timestamp = ColumnType.timestamp();
        measure(scale, lines, "tr_datetime", sold, dateTime::parse, "LocalDateTime.parse", LocalDateTime::parse);
        measure(
                scale,
                lines,
                "tr_datetime",
                sold,
                dateTime::parse,
                "DateTimeFormatter",
                text -> LocalDateTime.parse(text, FORMATTER));
        measure(
                scale,
                lines,
                "event_time",
                sent,
                timestamp::parse,
                "LocalDateTime.parse",
                text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
        measure(
                scale,
                lines,
                "event_time",
                sent,
                timestamp::parse,
                "DateTimeFormatter",
                text -> LocalDateTime.parse(text, FORMATTER).toInstant(ZoneOffset.UTC));
    }

    private static void measure(
            Scale scale,
            Consumer<Line> lines,
            String column,
            String[] texts,
            Function<String, ?> ours,
            String theirName,
            Function<String, ?> theirs)
            throws Exception {
        lines.accept(new Duel<>(
                        column + " from text",
                        texts.length,
                        "times",
                        TARGET,
                        new Contender<>("ColumnType", () -> hash(texts, ours)),
                        new Contender<>(theirName, () -> hash(texts, theirs)))
                .run(scale));
    }

    private static String[] texts(int count, int fraction) {
        Random random = new Random(1);
        String[] texts = new String[count];
        LocalDateTime start = LocalDateTime.of(2015, 1, 1, 0, 0, 1);
        for (int i = 0; i < count; i++) {
            LocalDateTime time = start.plusSeconds(random.nextInt(15_000_000)).plusNanos(fraction * (1L + i));
            texts[i] = ColumnType.dateTime().format(time);
        }
        return texts;
    }

    private static int hash(String[] texts, Function<String, ?> parse) {
        int hash = 0;
        for (String text : texts) {
            hash = 31 * hash + parse.apply(text).hashCode();
        }
        return hash;
    }
}
