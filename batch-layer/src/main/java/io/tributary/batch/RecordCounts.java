package io.tributary.batch;

import io.tributary.batch.lake.LakeContents;
import io.tributary.schema.Column;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The counts by which what an engine reads is held against a number of records: of them, and of required values. */
record RecordCounts(List<Column<?, ?>> required) {
    RecordCounts {
        required = List.copyOf(required);
    }

    /** @param columns those that are read, of which some are required */
    static RecordCounts of(Collection<? extends Column<?, ?>> columns) {
        List<Column<?, ?>> required = new ArrayList<>();
        columns.stream().filter(Column::isRequired).forEach(required::add);
        return new RecordCounts(required);
    }

    /** As aggregates: first the records, then the values of each required column. */
    List<Field<Integer>> fields(Function<Column<?, ?>, Field<?>> values) {
        List<Field<Integer>> fields = new ArrayList<>();
        fields.add(DSL.count());
        required.forEach(column -> fields.add(DSL.count(values.apply(column))));
        return fields;
    }

    int width() {
        return 1 + required.size();
    }

    /** @throws IllegalStateException when the manifests say otherwise */
    void check(List<? extends @Nullable String> counted, LakeContents contents) {
        String problem = problem(counted, contents.records());
        if (problem != null) {
            throw new IllegalStateException(
                    "Cannot trust what was read before %s: %s (the manifests say %d records; verify the partitions)"
                            .formatted(contents.cut(), problem, contents.records()));
        }
    }

    /** What contradicts a number of records, each with a value in every required column; null for nothing. */
    @Nullable
    String problem(List<? extends @Nullable String> counted, long records) {
        for (int i = 0; i < counted.size(); i++) {
            if (!String.valueOf(records).equals(counted.get(i))) {
                return counted.get(i) + (i == 0 ? " records" : " values of " + required.get(i - 1));
            }
        }
        return null;
    }
}
