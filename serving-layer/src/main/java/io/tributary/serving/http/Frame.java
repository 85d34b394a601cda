package io.tributary.serving.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tributary.schema.ColumnType;
import io.tributary.serving.Answer;
import io.tributary.serving.Coverage;
import io.tributary.view.Origin;
import io.tributary.view.Row;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a selection shows of a view at one time, and how it differs from another time. Never changes. */
final class Frame {
    private final View<?> view;
    private final Mode mode;
    private final long version;
    private final Map<Key, Shown> rows;
    private final Coverage coverage;
    private final @Nullable LocalDateTime reached;

    private record Key(@Nullable TimeRange window, List<@Nullable Object> dimensions, int grouping) {}

    private record Shown(Row row, Origin origin) {}

    private Frame(View<?> view, Selection selection, long version, Answer answer) {
        this.view = view;
        this.mode = selection.mode();
        this.version = version;
        this.coverage = answer.coverage();
        this.reached = answer.reached().orElse(null);
        this.rows = new LinkedHashMap<>();
        for (int i : selection.choose(view, answer)) {
            Row row = answer.rows().get(i);
            rows.put(
                    new Key(row.window(), row.dimensions(), row.grouping()),
                    new Shown(row, answer.origins().get(i)));
        }
    }

    static Frame of(View<?> view, Selection selection, long version, Answer answer) {
        return new Frame(view, selection, version, answer);
    }

    long version() {
        return version;
    }

    int size() {
        return rows.size();
    }

    /** The newest slice that was reached: windows that end by it are closed. */
    Optional<LocalDateTime> reached() {
        return Optional.ofNullable(reached);
    }

    boolean shows(Frame other) {
        return rows.equals(other.rows) && coverage.equals(other.coverage);
    }

    /** All that is shown, as an event that replaces what was. */
    byte[] all() {
        return event("set", id -> true, List.of());
    }

    /** What leads from an earlier frame to this one. */
    byte[] since(Frame earlier) {
        return switch (mode) {
            case SINGLE -> all();
            case APPEND -> event("append", entry -> !earlier.rows.containsKey(entry.getKey()), List.of());
            case UPDATE -> {
                List<Key> gone = new ArrayList<>(earlier.rows.keySet());
                gone.removeIf(rows::containsKey);
                yield event("change", entry -> !entry.getValue().equals(earlier.rows.get(entry.getKey())), gone);
            }
        };
    }

    /** The windows that were closed after a slice was reached, for who has no earlier frame any more. */
    byte[] closedSince(LocalDateTime slice) {
        return event(
                "append",
                entry -> {
                    TimeRange window = entry.getKey().window();
                    return window == null || window.end().isAfter(slice);
                },
                List.of());
    }

    private byte[] event(String name, Predicate<Map.Entry<Key, Shown>> filter, List<Key> gone) {
        List<Map.Entry<Key, Shown>> sent =
                rows.entrySet().stream().filter(filter).toList();
        byte[] data = AnswerJson.object(json -> {
            json.writeStringField("view", view.name());
            if (name.equals("set")) {
                AnswerJson.columns(view, json);
            }
            keys("keys", sent.stream().map(Map.Entry::getKey).toList(), json);
            AnswerJson.rows(
                    view, sent.stream().map(entry -> entry.getValue().row()).toList(), json);
            AnswerJson.origins(
                    sent.stream().map(entry -> entry.getValue().origin()).toList(), json);
            keys("gone", gone, json);
            json.writeStringField(
                    "reached", reached == null ? null : ColumnType.dateTime().format(reached));
            AnswerJson.coverage(coverage, json);
        });
        return Events.event(name, data);
    }

    private void keys(String field, List<Key> keys, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (Key key : keys) {
            AnswerJson.key(view, key.window(), key.dimensions(), key.grouping(), json);
        }
        json.writeEndArray();
    }
}
