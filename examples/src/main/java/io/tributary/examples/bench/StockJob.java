package io.tributary.examples.bench;

import io.tributary.retail.EnrichedOrder;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.triggers.EventTimeTrigger;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.types.Row;

/** Windows of Flink's DataStream API. */
final class StockJob {
    private static final Duration HOUR = Duration.ofHours(1);

    private StockJob() {}

    static void tumble(DataStream<EnrichedOrder> orders, Question question) {
        orders.keyBy(
                        order -> Tuple2.of(order.divisionName(), order.mainCategoryName()),
                        Types.TUPLE(Types.STRING, Types.STRING))
                .window(TumblingEventTimeWindows.of(HOUR))
                .aggregate(
                        new Sales(),
                        (key, window, sums, out) -> sums.forEach(sum -> out.collect(
                                Row.of(time(window.getStart()), time(window.getEnd()), key.f0, key.f1, sum))),
                        Types.BIG_DEC,
                        Types.ROW(
                                Types.LOCAL_DATE_TIME,
                                Types.LOCAL_DATE_TIME,
                                Types.STRING,
                                Types.STRING,
                                Types.BIG_DEC))
                .sinkTo(new Tally<>(question.name(), TallyTable::valuesOf));
    }

    static void cumulate(DataStream<EnrichedOrder> orders, Question question) {
        orders.keyBy(EnrichedOrder::divisionName, Types.STRING)
                .window(new EachStep())
                .aggregate(
                        new Sales(),
                        (key, window, sums, out) -> sums.forEach(
                                sum -> out.collect(Row.of(time(window.getStart()), time(window.getEnd()), key, sum))),
                        Types.BIG_DEC,
                        Types.ROW(Types.LOCAL_DATE_TIME, Types.LOCAL_DATE_TIME, Types.STRING, Types.BIG_DEC))
                .sinkTo(new Tally<>(question.name(), TallyTable::valuesOf));
    }

    private static LocalDateTime time(long millis) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }

    private static final class Sales implements AggregateFunction<EnrichedOrder, BigDecimal, BigDecimal> {
        private static final long serialVersionUID = 1L;

        @Override
        public BigDecimal createAccumulator() {
            return BigDecimal.ZERO;
        }

        @Override
        public BigDecimal add(EnrichedOrder order, BigDecimal sum) {
            return sum.add(order.amount());
        }

        @Override
        public BigDecimal getResult(BigDecimal sum) {
            return sum;
        }

        @Override
        public BigDecimal merge(BigDecimal one, BigDecimal other) {
            return one.add(other);
        }
    }

    /** The hours of a day as they grow: from midnight to the end of the record's hour, of the next, and so on. */
    private static final class EachStep extends WindowAssigner<EnrichedOrder, TimeWindow> {
        private static final long serialVersionUID = 1L;
        private static final long STEP = HOUR.toMillis();
        private static final long SIZE = Duration.ofDays(1).toMillis();

        @Override
        public Collection<TimeWindow> assignWindows(
                EnrichedOrder order, long timestamp, WindowAssignerContext context) {
            long start = timestamp - Math.floorMod(timestamp, SIZE);
            List<TimeWindow> windows = new ArrayList<>();
            for (long end = timestamp - Math.floorMod(timestamp, STEP) + STEP; end <= start + SIZE; end += STEP) {
                windows.add(new TimeWindow(start, end));
            }
            return windows;
        }

        @Override
        @SuppressWarnings("unchecked") // it looks at no record
        public Trigger<EnrichedOrder, TimeWindow> getDefaultTrigger() {
            return (Trigger<EnrichedOrder, TimeWindow>) (Trigger<?, TimeWindow>) EventTimeTrigger.create();
        }

        @Override
        public TypeSerializer<TimeWindow> getWindowSerializer(ExecutionConfig config) {
            return new TimeWindow.Serializer();
        }

        @Override
        public boolean isEventTime() {
            return true;
        }
    }
}
