package io.tributary.serving.http;

import io.tributary.serving.LambdaView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Everything that can be watched, and what a request wants of it. */
final class Feeds {
    private static final String RECORDS = "records";
    private static final int MOST_SHOWN = 32;

    private final ViewCatalogue catalogue;
    private final Map<String, ViewFeed> byView = new LinkedHashMap<>();
    private final @Nullable RecordFeed records;

    Feeds(
            ViewCatalogue catalogue,
            @Nullable LiveRecords<?> records,
            HttpOptions options,
            ScheduledExecutorService reader,
            ServerMetrics metrics) {
        this.catalogue = catalogue;
        for (LambdaView<?> view : catalogue.all()) {
            byView.put(view.view().name(), new ViewFeed(view, options, reader, metrics));
        }
        this.records = records == null ? null : new RecordFeed(records, options, reader);
    }

    /** The stream of one view. */
    LiveStreams.Sources one(String name, ViewRequest request) {
        Selection selection = request.selection(catalogue.find(name).view());
        String lastId = request.context().header("Last-Event-ID");
        return bell -> List.of(feed(name).subscribe(selection, bell, lastId));
    }

    /** Whether the tail of a stream can be watched, too. */
    boolean haveRecords() {
        return records != null;
    }

    LiveStreams.Sources records() {
        RecordFeed feed = recordFeed();
        return bell -> List.of(feed.subscribe(bell));
    }

    /** The stream of all that is asked for by {@code show=VIEW:MODE}, {@code show=VIEW:MODE:LAST} or {@code show=records}. */
    LiveStreams.Sources several(ViewRequest request) {
        List<String> shown = request.context().queryParams("show");
        if (shown.isEmpty() || shown.size() > MOST_SHOWN) {
            throw new ProblemException(
                    400,
                    "Invalid show: %d are named (must be 1 to %d, such as show=NAME:update)"
                            .formatted(shown.size(), MOST_SHOWN));
        }
        List<LiveStreams.Sources> sources = new ArrayList<>();
        for (String text : shown) {
            sources.add(text.equals(RECORDS) ? records() : shown(text, request));
        }
        return bell -> sources.stream()
                .flatMap(source -> source.subscribe(bell).stream())
                .toList();
    }

    private LiveStreams.Sources shown(String text, ViewRequest request) {
        String[] parts = text.split(":", -1);
        if (parts.length < 2 || parts.length > 3) {
            throw new ProblemException(
                    400, "Invalid show: %s (must be NAME:MODE, NAME:MODE:LAST or records)".formatted(text));
        }
        Selection selection =
                request.selection(catalogue.find(parts[0]).view(), parts[1], parts.length == 3 ? parts[2] : null);
        return bell -> List.of(feed(parts[0]).subscribe(selection, bell, null));
    }

    private ViewFeed feed(String name) {
        return Objects.requireNonNull(byView.get(name));
    }

    private RecordFeed recordFeed() {
        if (records == null) {
            throw new ProblemException(404, "Cannot show records: this server was started without any");
        }
        return records;
    }
}
