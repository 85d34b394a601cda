package io.tributary.speed;

import io.tributary.view.Row;
import io.tributary.view.TimeRange;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change of a view's rows. In order of arrival, the changes of one key make its present row. */
public sealed interface RowChange {

    /** A row that was not there. */
    record Insert(Row row) implements RowChange {}

    /** A row in the place of one of the same key. */
    record Update(Row old, Row row) implements RowChange {}

    /** A row that is there no more. */
    record Delete(Row old) implements RowChange {}

    /**
     * What is unique among the rows at one time: the rank in its window, or the group where there is no ranking.
     *
     * @param dimensions empty where there is a rank
     */
    record Key(@Nullable TimeRange window, int rank, int grouping, List<@Nullable Object> dimensions) {
        static Key of(Row row) {
            return row.rank() > 0
                    ? new Key(row.window(), row.rank(), 0, List.of())
                    : new Key(row.window(), 0, row.grouping(), row.dimensions());
        }
    }

    default Optional<Row> before() {
        if (this instanceof Update update) {
            return Optional.of(update.old());
        }
        return this instanceof Delete delete ? Optional.of(delete.old()) : Optional.empty();
    }

    default Optional<Row> after() {
        if (this instanceof Update update) {
            return Optional.of(update.row());
        }
        return this instanceof Insert insert ? Optional.of(insert.row()) : Optional.empty();
    }

    default Key key() {
        return Key.of(after().or(this::before).orElseThrow());
    }
}
