package io.tributary.examples.bench;

import io.tributary.partition.PartitionCursor;
import io.tributary.retail.RetailLake;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;

/** The partition path of an instant, as a sink asks for it once a record. */
final class PathBenchmark implements Benchmark {
    private static final String PATTERN = "'data/stream_data/year='yyyy'/month='MM'/day='dd'/hour='HH'/'";
    private static final Instant START = Instant.parse("2026-03-07T18:00:00Z");
    private static final double TARGET = 20;

    @Override
    public String name() {
        return "path";
    }

    @Override
    public String summary() {
        return "the partition path of each record's instant, against a DateTimeFormatter";
    }

    @Override
    public void run(Scale scale, Consumer<Line> lines) throws Exception {
        Instant[] instants = arrivals((int) scale.of(100_000, 1_000_000));
        for (String zone : List.of("UTC", "Asia/Seoul", "America/New_York")) {
            DateTimeFormatter formatter = DateTimeFormatter.ofPattern(PATTERN).withZone(ZoneId.of(zone));
            PartitionCursor cursor = RetailLake.LAYOUT.inZone(ZoneId.of(zone)).cursor();
            lines.accept(new Duel<>(
                            "partition path, " + zone,
                            instants.length,
                            "instants",
                            TARGET,
                            new Contender<>(
                                    "PartitionCursor",
                                    () -> hash(
                                            instants,
                                            instant ->
                                                    cursor.partitionOf(instant).path())),
                            new Contender<>("DateTimeFormatter", () -> hash(instants, formatter::format)))
                    .run(scale));
        }
    }

    /** About five hundred a second, a little out of order. */
    private static Instant[] arrivals(int count) {
        Random random = new Random(1);
        Instant[] instants = new Instant[count];
        for (int i = 0; i < count; i++) {
            instants[i] = START.plusMillis(i * 2L - random.nextInt(1000));
        }
        return instants;
    }

    private static long hash(Instant[] instants, Function<Instant, String> path) {
        long hash = 0;
        for (Instant instant : instants) {
            // Not its own hash: a path that is handed out again knows it already.
            String shown = path.apply(instant);
            hash = 31 * hash + shown.length() + shown.charAt(shown.length() - 2);
        }
        return hash;
    }
}
