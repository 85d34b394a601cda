package io.tributary.serving;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.tributary.schema.ColumnType;
import io.tributary.view.Row;
import io.tributary.view.ViewColumn;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of an answer as UTF-8 text for other programs. The stream stays open. */
public enum AnswerFormat {
    /** A header and a line for each row; what is null is empty. */
    CSV {
        @Override
        public void write(List<ViewColumn> columns, List<List<@Nullable Object>> rows, OutputStream out)
                throws IOException {
            Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            CsvWriter csv = CsvWriter.builder().build(text);
            csv.writeRecord(columns.stream().map(ViewColumn::name).toList());
            for (List<@Nullable Object> row : rows) {
                csv.writeRecord(texts(columns, row));
            }
            csv.flush();
        }
    },

    /** An array with an object for each row. */
    JSON {
        @Override
        public void write(List<ViewColumn> columns, List<List<@Nullable Object>> rows, OutputStream out)
                throws IOException {
            try (JsonGenerator json = new JsonFactory()
                    .createGenerator(out)
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    .useDefaultPrettyPrinter()) {
                json.writeStartArray();
                for (List<@Nullable Object> row : rows) {
                    writeRow(columns, row, json);
                }
                json.writeEndArray();
                json.writeRaw('\n');
            }
        }
    };

    /** Writes the rows. */
    public void write(Answer answer, OutputStream out) throws IOException {
        write(answer.columns(), answer.rows().stream().map(Row::values).toList(), out);
    }

    /** Writes rows of values, each in the order of the columns. */
    public abstract void write(List<ViewColumn> columns, List<List<@Nullable Object>> rows, OutputStream out)
            throws IOException;

    /** The texts of a row's values as they go on the wire; null for null. */
    public static List<@Nullable String> texts(List<ViewColumn> columns, List<@Nullable Object> values) {
        List<@Nullable String> texts = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            texts.add(value == null ? null : text(columns.get(i).type(), value));
        }
        return texts;
    }

    private static <V> String text(ColumnType<V> type, Object value) {
        return type.wireText(type.javaType().cast(value));
    }

    /** Writes a row as a JSON object. */
    public static void writeRow(List<ViewColumn> columns, List<@Nullable Object> values, JsonGenerator json)
            throws IOException {
        List<@Nullable String> texts = texts(columns, values);
        json.writeStartObject();
        for (int i = 0; i < texts.size(); i++) {
            ViewColumn column = columns.get(i);
            String text = texts.get(i);
            json.writeFieldName(column.name());
            if (text == null) {
                json.writeNull();
            } else if (column.type().jsonKind() == ColumnType.JsonKind.STRING) {
                json.writeString(text);
            } else {
                // Numbers and truth values stand in JSON as their text.
                json.writeRawValue(text);
            }
        }
        json.writeEndObject();
    }
}
