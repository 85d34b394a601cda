package io.tributary.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of a line's fields in their order, and behind them the columns that it lacks: mostly the next line has the
 * same, and to compare a name is less than to look it up. Immutable.
 */
final class FieldOrder {
    /** In place of the position of a field that is no column. */
    static final int NONE = -1;

    private static final int MOST_FIELDS = 1_000;

    private final Schema<?> schema;
    private final int fields;
    private final SerializedString[] names;
    private final int[] columns;
    private final Map<String, Integer> indexes = new HashMap<>();

    private FieldOrder(Schema<?> schema, List<String> line) {
        this.schema = schema;
        this.fields = line.size();
        List<String> ofSchema = schema.columns().stream().map(Column::name).toList();
        Set<String> all = new LinkedHashSet<>(line);
        all.addAll(ofSchema);
        all.forEach(name -> indexes.put(name, indexes.size()));
        this.names = all.stream().map(SerializedString::new).toArray(SerializedString[]::new);
        this.columns = all.stream().mapToInt(ofSchema::indexOf).toArray();
    }

    /** That of the schema, before any line. */
    static FieldOrder of(Schema<?> schema) {
        return new FieldOrder(schema, List.of());
    }

    boolean hasColumn(String name) {
        Integer index = indexes.get(name);
        return index != null && columns[index] != NONE;
    }

    /** For the fields of one line. */
    Cursor cursor() {
        return new Cursor();
    }

    /** Goes through the fields of a line. */
    final class Cursor {
        private int next;
        private int column = NONE;
        /** From the first name on that is not the expected one. */
        private @Nullable List<String> line;

        /** Moves the parser to the next name, if there is one. */
        boolean advance(JsonParser parser) throws IOException {
            if (next < names.length && parser.nextFieldName(names[next])) {
                if (line != null) {
                    line.add(names[next].getValue());
                }
                moveTo(next);
                return true;
            }
            String name = next == names.length ? parser.nextFieldName() : nameAt(parser);
            if (name == null) {
                return false;
            }
            if (line == null) {
                line = new ArrayList<>(names.length);
                for (int i = 0; i < next; i++) {
                    line.add(names[i].getValue());
                }
            }
            line.add(name);
            moveTo(indexes.getOrDefault(name, NONE));
            return true;
        }

        /** The name that the parser is at; null behind the last. */
        private static @Nullable String nameAt(JsonParser parser) throws IOException {
            return parser.currentToken() == JsonToken.FIELD_NAME ? parser.currentName() : null;
        }

        private void moveTo(int index) {
            column = index == NONE ? NONE : columns[index];
            next = index == NONE ? next : index + 1;
        }

        /** The position of the field's column; {@link #NONE} when it is none. */
        int column() {
            return column;
        }

        /** The order to expect from now on: that of the line, when it was another and has more fields. */
        FieldOrder learned() {
            return line == null || line.size() <= fields || line.size() > MOST_FIELDS
                    ? FieldOrder.this
                    : new FieldOrder(schema, line);
        }
    }
}
