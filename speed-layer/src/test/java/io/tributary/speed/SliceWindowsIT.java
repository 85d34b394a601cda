package io.tributary.speed;

import static io.tributary.view.Window.cumulate;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.speed.Readings.Reading;
import io.tributary.view.Window;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SliceWindowsIT {
    @RegisterExtension
    static final MiniClusterExtension CLUSTER = Cluster.extension();

    private static final Window<Reading> WINDOW =
            cumulate(Readings.TIME).step(ofMinutes(5)).upTo(ofMinutes(60));

    private static List<Reading> readings() {
        Random random = new Random(5);
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            readings.add(new Reading("s" + random.nextInt(7), 10L * i + random.nextInt(600), random.nextInt(100)));
        }
        return readings;
    }

    private static DataStream<Reading> stream(
            StreamExecutionEnvironment environment, WatermarkStrategy<Reading> marks) {
        return environment.fromData(readings(), Records.typeOf(Readings.SCHEMA)).assignTimestampsAndWatermarks(marks);
    }

    @Test
    void windowsOfAnyStreamAreThoseOfAPlainFold() throws Exception {
        Map<String, Long> expected = new HashMap<>();
        for (Reading reading : readings()) {
            long second = reading.time().toEpochSecond(ZoneOffset.UTC);
            WINDOW.windowsOf(
                    WINDOW.sliceOf(second),
                    (start, end) -> expected.merge(
                            reading.sensor() + new Span(start, end).toRange(), reading.value(), Long::sum));
        }

        DataStream<Reading> stream = stream(Cluster.environment(3), SpeedLayer.watermarks(WINDOW, ofSeconds(700)));
        List<WindowResult<String, long[]>> results = Cluster.collect(SliceWindows.of(stream)
                .keyBy(Reading::sensor, Types.STRING)
                .window(WINDOW)
                .aggregate(new Readings.Sum(), Readings.SUM_TYPE)
                .stream());

        Map<String, Long> given = new HashMap<>();
        results.forEach(result -> assertThat(given.put(result.key() + result.window(), result.value()[0]))
                .isNull());
        assertThat(given).isEqualTo(expected);
    }

    @Test
    void lateValuesAndTheWindowsMakeTheWhole() throws Exception {
        long all = readings().stream().mapToLong(Reading::value).sum();
        StreamExecutionEnvironment environment = Cluster.environment(1);
        Window<Reading> tumble = Window.tumble(Readings.TIME).every(ofSeconds(20));
        WatermarkStrategy<Reading> everyValue = WatermarkStrategy.<Reading>forGenerator(context -> new EveryValue())
                .withTimestampAssigner((reading, previous) -> milli(reading.time()));
        Results<Reading, WindowResult<String, long[]>> results = SliceWindows.of(stream(environment, everyValue))
                .keyBy(Reading::sensor, Types.STRING)
                .window(tumble)
                .with(SpeedOptions.defaults().withLateness(Lateness.sideOutput()))
                .aggregate(new Readings.Sum(), Readings.SUM_TYPE);
        CloseableIterator<Long> late =
                results.late().map(Reading::value, Types.LONG).collectAsync();
        CloseableIterator<Long> inTime =
                results.stream().map(result -> result.value()[0], Types.LONG).collectAsync();
        environment.execute();

        long sumOfLate = sum(late);
        assertThat(sumOfLate).isPositive();
        assertThat(sumOfLate + sum(inTime)).isEqualTo(all);
    }

    private static long sum(CloseableIterator<Long> values) throws Exception {
        long sum = 0;
        try (values) {
            while (values.hasNext()) {
                sum += values.next();
            }
        }
        return sum;
    }

    private static long milli(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    /** A watermark at each value, so that there are late ones at any speed. */
    private static final class EveryValue implements WatermarkGenerator<Reading> {
        private long latest = Long.MIN_VALUE;

        @Override
        public void onEvent(Reading reading, long timestamp, WatermarkOutput output) {
            latest = Math.max(latest, timestamp);
            output.emitWatermark(new Watermark(latest - 1));
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }
}
