package io.tributary.serving;

import io.tributary.view.Row;
import io.tributary.view.SliceKey;
import io.tributary.view.SlicePartial;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which layers the rows of an answer come from: a row is made of the slices that lie in its window
 * and whose dimensions begin with its own. Only what the speed layer touches is looked up in the batch view.
 */
final class Origins {
    private final View<?> view;
    private final Set<Span> spans = new HashSet<>();
    private final Set<Group> bySpeed = new HashSet<>();
    private final Set<Group> byBatch = new HashSet<>();

    private record Span(long start, long end) {}

    private record Group(Span span, List<@Nullable Object> dimensions) {}

    private Origins(View<?> view) {
        this.view = view;
    }

    static List<Origin> of(
            View<?> view, BatchSnapshot batch, Collection<SlicePartial> speed, List<Row> rows, TimeRange range) {
        Origins origins = new Origins(view);
        speed.forEach(slice -> origins.addSpeed(slice.key()));
        if (!speed.isEmpty()) {
            batch.forEachIn(range, slice -> origins.addBatch(slice.key()));
        }
        List<Origin> found = new ArrayList<>(rows.size());
        rows.forEach(row -> found.add(speed.isEmpty() ? Origin.BATCH : origins.of(row)));
        return found;
    }

    private void addSpeed(SliceKey key) {
        view.window().windowsOf(key.slice(), (start, end) -> {
            Span span = new Span(start, end);
            spans.add(span);
            addGroups(span, key.dimensions(), bySpeed);
        });
    }

    private void addBatch(SliceKey key) {
        view.window().windowsOf(key.slice(), (start, end) -> {
            Span span = new Span(start, end);
            if (spans.contains(span)) {
                addGroups(span, key.dimensions(), byBatch);
            }
        });
    }

    private void addGroups(Span span, List<@Nullable Object> dimensions, Set<Group> groups) {
        int fewest = view.isRollup() ? 0 : dimensions.size();
        for (int kept = dimensions.size(); kept >= fewest; kept--) {
            groups.add(new Group(span, dimensions.subList(0, kept)));
        }
    }

    private Origin of(Row row) {
        TimeRange window = row.window();
        Span span = window == null ? new Span(0, Long.MAX_VALUE) : new Span(window.firstSecond(), window.endSecond());
        Group group = new Group(span, row.dimensions().subList(0, row.grouping()));
        if (!bySpeed.contains(group)) {
            return Origin.BATCH;
        }
        return byBatch.contains(group) ? Origin.BOTH : Origin.SPEED;
    }
}
