package io.tributary.speed;

import io.tributary.view.Partial;
import io.tributary.view.Row;
import io.tributary.view.View;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a window gives: looks at the values of its keys, and keeps and changes none. */
@FunctionalInterface
interface WindowOutput<K, A, OUT> extends Serializable {

    void emit(Span window, Map<K, A> values, Consumer<OUT> out);

    /** One result a key. */
    static <K, A> WindowOutput<K, A, WindowResult<K, A>> results(Combiner<?, A> combiner) {
        return (window, values, out) -> values.forEach(
                (key, value) -> out.accept(new WindowResult<>(key, window.toRange(), combiner.copy(value))));
    }

    /** The rows of a view. */
    static WindowOutput<List<@Nullable Object>, Partial, Row> rows(View<?> view) {
        return (window, values, out) -> {
            List<Row> rows;
            try {
                rows = view.windowRows(window.isEndless() ? null : window.toRange(), values);
            } catch (RuntimeException e) {
                throw new IllegalStateException(
                        "Cannot give the rows of view %s: %s".formatted(view.name(), e.getMessage()), e);
            }
            rows.forEach(out);
        };
    }
}
