package io.tributary.examples.bench;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailLake;
import io.tributary.schema.Column;
import io.tributary.speed.Arrivals;
import io.tributary.speed.IngestOptions;
import io.tributary.speed.Records;
import io.tributary.speed.SpeedLayer;
import io.tributary.view.Row;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Who answers the questions of a plan. */
enum JobSide {
    /** The speed layer. */
    VIEWS("views") {
        @Override
        void build(StreamExecutionEnvironment flink, JobPlan plan) {
            SpeedLayer<EnrichedOrder> speed = SpeedLayer.on(stamped(flink, plan));
            for (Question question : plan.questions()) {
                speed.view(question.view()).windows().stream().sinkTo(new Tally<>(question.name(), Row::values));
            }
        }
    },
    /** The speed layer's slices by ingest partition, as a speed store gets them. */
    SLICES("slices") {
        @Override
        void build(StreamExecutionEnvironment flink, JobPlan plan) {
            Arrivals<EnrichedOrder> arrivals =
                    Arrivals.fixed(stamped(flink, plan), RetailLake.LAYOUT, EnrichedOrder::eventTime);
            for (Question question : plan.questions()) {
                arrivals.slices(question.view()).with(IngestOptions.defaults().withUnlimitedRetention()).stream()
                        // How often a slice is given depends on the time.
                        .sinkTo(new Tally<>(question.name(), slice -> List.of()));
            }
        }
    },
    /** Flink SQL over a table of whole records. */
    SQL("Flink SQL, whole records") {
        @Override
        void build(StreamExecutionEnvironment flink, JobPlan plan) {
            SqlJob.build(flink, plan, EnrichedOrder.SCHEMA.columns());
        }
    },
    /** Flink SQL over a table of the columns that are read. */
    SQL_OF_COLUMNS("Flink SQL, needed columns") {
        @Override
        void build(StreamExecutionEnvironment flink, JobPlan plan) {
            List<Column<EnrichedOrder, ?>> columns = Question.columnsOf(plan.questions());
            SqlJob.build(flink, plan, columns);
        }
    },
    /** Flink's windows over whole records. */
    STOCK_TUMBLE("TumblingEventTimeWindows") {
        @Override
        void build(StreamExecutionEnvironment flink, JobPlan plan) {
            StockJob.tumble(stamped(flink, plan), Question.LAB3);
        }
    },
    /** A window assigner that puts each record into all steps that hold it. */
    NAIVE_CUMULATE("an assigner of each step") {
        @Override
        void build(StreamExecutionEnvironment flink, JobPlan plan) {
            StockJob.cumulate(stamped(flink, plan), Question.LAB6_BY_DIVISION);
        }
    };

    private final String title;

    JobSide(String title) {
        this.title = title;
    }

    abstract void build(StreamExecutionEnvironment flink, JobPlan plan);

    /** Orders with their watermarks. */
    private static DataStream<EnrichedOrder> stamped(StreamExecutionEnvironment flink, JobPlan plan) {
        return orders(
                flink,
                plan,
                SpeedLayer.watermarks(plan.questions().get(0).view().window(), Duration.ofHours(plan.delayHours())));
    }

    static DataStream<EnrichedOrder> orders(
            StreamExecutionEnvironment flink, JobPlan plan, WatermarkStrategy<EnrichedOrder> watermarks) {
        return flink.fromSource(new OrderSource(plan), watermarks, "orders", Records.typeOf(EnrichedOrder.SCHEMA));
    }

    @Override
    public String toString() {
        return title;
    }
}
