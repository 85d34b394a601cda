package io.tributary.serving.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tributary.schema.ColumnType;
import io.tributary.serving.AnswerFormat;
import io.tributary.serving.Coverage;
import io.tributary.view.BatchView.Hole;
import io.tributary.view.Origin;
import io.tributary.view.Row;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import io.tributary.view.ViewColumn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JSON of answers. */
final class AnswerJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Writes into a document. */
    @FunctionalInterface
    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private AnswerJson() {}

    /** One object on one line. */
    static byte[] object(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static void view(View<?> view, JsonGenerator json) throws IOException {
        json.writeStringField("name", view.name());
        json.writeBooleanField("windows", view.window().eventTime().isPresent());
        texts("modes", Mode.of(view).stream().map(Mode::toString).toList(), json);
        columns(view, json);
        json.writeStringField("definition", view.definition());
        json.writeStringField("digest", view.definitionDigest());
    }

    static void columns(View<?> view, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("columns");
        int bounds = view.window().eventTime().isPresent() ? 2 : 0;
        int dimensions = bounds + view.dimensions().size();
        int measures = dimensions + view.measures().size();
        List<ViewColumn> columns = view.columns();
        for (int i = 0; i < columns.size(); i++) {
            json.writeStartObject();
            json.writeStringField("name", columns.get(i).name());
            json.writeStringField("role", role(i, bounds, dimensions, measures));
            json.writeStringField("type", columns.get(i).type().hiveType());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String role(int column, int bounds, int dimensions, int measures) {
        if (column < bounds) {
            return "window";
        }
        if (column < dimensions) {
            return "dimension";
        }
        return column < measures ? "measure" : "rank";
    }

    static void texts(String field, List<String> texts, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    static void rows(View<?> view, List<Row> rows, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("rows");
        for (Row row : rows) {
            AnswerFormat.writeRow(view.columns(), row.values(), json);
        }
        json.writeEndArray();
    }

    static void origins(List<Origin> origins, JsonGenerator json) throws IOException {
        texts(
                "origins",
                origins.stream()
                        .map(origin -> origin.name().toLowerCase(Locale.ROOT))
                        .toList(),
                json);
    }

    /** What tells the totals of a rollup from rows whose dimensions are null, by SQL's {@code GROUPING}. */
    static void grouping(List<Row> rows, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("grouping");
        for (Row row : rows) {
            json.writeNumber(grouping(row));
        }
        json.writeEndArray();
    }

    /** A bit for each dimension, the last one's lowest: whether the row is a total over it. */
    static long grouping(Row row) {
        return (1L << (row.dimensions().size() - row.grouping())) - 1;
    }

    /** What tells rows apart: window, dimensions, and in a rollup how many of the dimensions count. */
    static void key(
            View<?> view,
            @Nullable TimeRange window,
            List<@Nullable Object> dimensions,
            int grouping,
            JsonGenerator json)
            throws IOException {
        json.writeStartArray();
        if (window != null) {
            json.writeString(ColumnType.dateTime().wireText(window.start()));
            json.writeString(ColumnType.dateTime().wireText(window.end()));
        }
        for (int i = 0; i < dimensions.size(); i++) {
            Object value = dimensions.get(i);
            if (value == null) {
                json.writeNull();
            } else {
                json.writeString(text(view.dimensions().get(i).type(), value));
            }
        }
        if (view.isRollup()) {
            json.writeNumber(grouping);
        }
        json.writeEndArray();
    }

    private static <V> String text(ColumnType<V> type, Object value) {
        return type.format(type.javaType().cast(value));
    }

    static void coverage(Coverage coverage, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("coverage");
        json.writeBooleanField("complete", coverage.isComplete());
        json.writeStringField("cut", cut(coverage).map(Instant::toString).orElse(null));
        json.writeStringField("newest", coverage.newest().map(Instant::toString).orElse(null));
        json.writeStringField(
                "committed", coverage.commit().map(last -> last.at().toString()).orElse(null));
        json.writeBooleanField("provisional", coverage.provisional());
        if (coverage.approximate().isPresent()) {
            json.writeStringField("approximate", coverage.approximate().get());
        }
        json.writeArrayFieldStart("missing");
        for (Hole hole : coverage.holes()) {
            json.writeStartObject();
            json.writeStringField("partition", hole.partition());
            json.writeStringField("reason", hole.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** The cut; empty when no batch has covered anything yet. */
    static Optional<Instant> cut(Coverage coverage) {
        return Optional.of(coverage.cut()).filter(cut -> cut.isAfter(Instant.MIN));
    }
}
