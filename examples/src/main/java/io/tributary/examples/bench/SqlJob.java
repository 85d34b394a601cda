package io.tributary.examples.bench;

import io.tributary.retail.EnrichedOrder;
import io.tributary.schema.Column;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.config.AggregatePhaseStrategy;
import org.apache.flink.table.api.config.OptimizerConfigOptions;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;

/** Flink SQL's window functions, aggregated in two phases, all statements planned together. */
final class SqlJob {
    private static final Map<Class<?>, Type> TYPES = Map.of(
            String.class, new Type(Types.STRING, DataTypes.STRING()),
            Integer.class, new Type(Types.INT, DataTypes.INT()),
            Boolean.class, new Type(Types.BOOLEAN, DataTypes.BOOLEAN()),
            BigDecimal.class, new Type(Types.BIG_DEC, DataTypes.DECIMAL(18, 2)),
            LocalDate.class, new Type(Types.LOCAL_DATE, DataTypes.DATE()),
            LocalDateTime.class, new Type(Types.LOCAL_DATE_TIME, DataTypes.TIMESTAMP(3)),
            Instant.class, new Type(Types.INSTANT, DataTypes.TIMESTAMP_LTZ(6)));

    private record Type(TypeInformation<?> ofField, DataType ofColumn) {
        static Type of(Column<EnrichedOrder, ?> column) {
            return Objects.requireNonNull(TYPES.get(column.type().javaType()), column::name);
        }
    }

    private SqlJob() {}

    static void build(StreamExecutionEnvironment flink, JobPlan plan, List<Column<EnrichedOrder, ?>> columns) {
        StreamTableEnvironment tables = StreamTableEnvironment.create(flink);
        tables.getConfig()
                .set(OptimizerConfigOptions.TABLE_OPTIMIZER_AGG_PHASE_STRATEGY, AggregatePhaseStrategy.TWO_PHASE);
        tables.createTemporaryView("orders", rows(flink, plan, columns), schema(plan, columns));
        StreamStatementSet statements = tables.createStatementSet();
        for (Question question : plan.questions()) {
            statements.addInsert(
                    TableDescriptor.forConnector(TallyTable.NAME)
                            .option(TallyTable.QUESTION, question.name())
                            .build(),
                    tables.sqlQuery(question.sql()));
        }
        statements.attachAsDataStream();
    }

    private static Schema schema(JobPlan plan, List<Column<EnrichedOrder, ?>> columns) {
        Schema.Builder schema = Schema.newBuilder();
        for (Column<EnrichedOrder, ?> column : columns) {
            schema.column(column.name(), Type.of(column).ofColumn());
        }
        return schema.watermark("tr_datetime", "tr_datetime - INTERVAL '%d' HOUR".formatted(plan.delayHours()))
                .build();
    }

    private static DataStream<Row> rows(
            StreamExecutionEnvironment flink, JobPlan plan, List<Column<EnrichedOrder, ?>> columns) {
        return JobSide.orders(flink, plan, WatermarkStrategy.noWatermarks())
                .map(new ToRow(List.copyOf(columns)))
                .returns(Types.ROW_NAMED(
                        columns.stream().map(Column::name).toArray(String[]::new),
                        columns.stream()
                                .map(column -> Type.of(column).ofField())
                                .toArray(TypeInformation<?>[]::new)));
    }

    private record ToRow(List<Column<EnrichedOrder, ?>> columns) implements MapFunction<EnrichedOrder, Row> {
        @Override
        public Row map(EnrichedOrder order) {
            Row row = new Row(columns.size());
            for (int i = 0; i < columns.size(); i++) {
                row.setField(i, columns.get(i).get(order));
            }
            return row;
        }
    }
}
