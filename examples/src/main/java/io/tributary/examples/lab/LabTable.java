package io.tributary.examples.lab;

import io.tributary.retail.EnrichedOrder;
import io.tributary.serving.Answer;
import io.tributary.serving.AnswerFormat;
import io.tributary.view.Row;
import io.tributary.view.ViewColumn;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns and rows of values of their types, whether a view, a stream or a statement gave them. */
public record LabTable(List<ViewColumn> columns, List<List<@Nullable Object>> rows) {

    public static LabTable of(Answer answer) {
        return new LabTable(
                answer.columns(), answer.rows().stream().map(Row::values).toList());
    }

    /** Orders as they are on the stream, times to the millisecond. */
    public static LabTable of(List<EnrichedOrder> orders) {
        List<ViewColumn> columns = new ArrayList<>();
        EnrichedOrder.SCHEMA.columns().forEach(column -> columns.add(new ViewColumn(column.name(), column.type())));
        return new LabTable(columns, orders.stream().map(LabTable::values).toList());
    }

    private static List<@Nullable Object> values(EnrichedOrder order) {
        List<@Nullable Object> values = new ArrayList<>();
        EnrichedOrder.SCHEMA.columns().forEach(column -> values.add(toMillis(column.get(order))));
        return values;
    }

    private static @Nullable Object toMillis(@Nullable Object value) {
        return value instanceof Instant instant ? instant.truncatedTo(ChronoUnit.MILLIS) : value;
    }

    /** The values of a row as texts; null for null. */
    public List<@Nullable String> texts(List<@Nullable Object> row) {
        return AnswerFormat.texts(columns, row);
    }

    /** The same rows with fewer columns, or in another order. */
    public LabTable select(List<String> names) {
        List<String> mine = columns.stream().map(ViewColumn::name).toList();
        List<Integer> indices = names.stream().map(mine::indexOf).toList();
        List<List<@Nullable Object>> selected = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> values = new ArrayList<>();
            indices.forEach(index -> values.add(row.get(index)));
            selected.add(values);
        }
        return new LabTable(indices.stream().map(columns::get).toList(), selected);
    }
}
