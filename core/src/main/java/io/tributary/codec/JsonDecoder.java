package io.tributary.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.tributary.schema.Column;
import io.tributary.schema.InvalidValueException;
import io.tributary.schema.Outcome;
import io.tributary.schema.Rejection;
import io.tributary.schema.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one JSON object into a record. Safe for threads, as is Jackson's table of field names. */
final class JsonDecoder<R> {
    /** Escaping text makes a line three times as long at most, and a number grows by some digits. */
    private static final int SURELY_WRITTEN_BYTES = JsonLines.MAX_LINE_BYTES / 4;

    private final Schema<R> schema;
    private final List<Column<R, ?>> columns;

    // NaN is no JSON, but read as a token it can be rejected by its field's name, and passed by in an unknown field.
    private final JsonFactory factory = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(JsonLines.MAX_LINE_BYTES)
                    .maxNameLength(JsonLines.MAX_LINE_BYTES)
                    .build())
            .build();

    private final List<SerializedString> names;
    private final boolean escaped;
    private volatile FieldOrder order;

    JsonDecoder(Schema<R> schema, List<SerializedString> names, boolean escaped) {
        this.schema = schema;
        this.names = names;
        this.escaped = escaped;
        this.columns = schema.columns();
        this.order = FieldOrder.of(schema);
    }

    /**
     * Reads a line.
     *
     * @param line its number, or 0
     * @param unended whether the input ended before the line did, so that it may be torn
     */
    Outcome<R> decode(byte[] bytes, int offset, int length, long line, boolean unended) {
        int end = withoutEnd(bytes, offset, offset + length);
        if (end - offset > JsonLines.MAX_LINE_BYTES) {
            return tooLong(bytes, offset, line);
        }
        int invalid = Utf8.firstInvalid(bytes, offset, end);
        Rejection rejection;
        if (invalid >= 0) {
            rejection = malformed(line, null, unended, "not UTF-8 at byte " + (invalid - offset + 1));
        } else {
            try (JsonParser parser = factory.createParser(bytes, offset, end - offset)) {
                @Nullable Object[] values = new @Nullable Object[columns.size()];
                Rejection problem = read(parser, values, line, unended);
                if (problem == null) {
                    R row = schema.create(values);
                    if (end - offset > SURELY_WRITTEN_BYTES) {
                        JsonEncoder.check(schema, names, row, escaped);
                    }
                    return Outcome.accepted(row);
                }
                rejection = problem;
            } catch (InvalidValueException e) {
                rejection = Rejection.of(line, null, e);
            } catch (RuntimeException e) {
                // Whatever the record's own constructor does not like.
                String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
                rejection = new Rejection(line, null, null, message);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Outcome.rejected(rejection, new String(bytes, offset, end - offset, UTF_8));
    }

    private static int withoutEnd(byte[] bytes, int from, int to) {
        int end = to;
        if (end > from && bytes[end - 1] == '\n') {
            end--;
        }
        if (end > from && bytes[end - 1] == '\r') {
            end--;
        }
        return end;
    }

    /** A rejection of which the input is only as much of the line as may be held. */
    Outcome<R> tooLong(byte[] bytes, int offset, long line) {
        return Outcome.rejected(
                new Rejection(line, null, null, "is longer than %d bytes".formatted(JsonLines.MAX_LINE_BYTES)),
                new String(bytes, offset, JsonLines.MAX_LINE_BYTES, UTF_8));
    }

    /** Fills in the values; the reason why not, or null. */
    private @Nullable Rejection read(JsonParser parser, @Nullable Object[] values, long line, boolean unended)
            throws IOException {
        try {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return malformed(line, null, unended, "it is none");
            }
            boolean[] seen = new boolean[values.length];
            FieldOrder expected = order;
            FieldOrder.Cursor fields = expected.cursor();
            while (fields.advance(parser)) {
                JsonToken token = parser.nextToken();
                int position = fields.column();
                if (position == FieldOrder.NONE) {
                    parser.skipChildren();
                    continue;
                }
                if (seen[position]) {
                    return new Rejection(line, columns.get(position).name(), null, "appears twice");
                }
                seen[position] = true;
                try {
                    values[position] = value(columns.get(position), token, parser);
                } catch (InvalidValueException e) {
                    return Rejection.of(line, columns.get(position).name(), e);
                }
            }
            if (parser.nextToken() != null) {
                return malformed(
                        line,
                        null,
                        unended,
                        "more follows at byte " + (parser.currentTokenLocation().getByteOffset() + 1));
            }
            FieldOrder learned = fields.learned();
            if (learned != expected) {
                order = learned;
            }
            return missing(seen, line);
        } catch (JsonProcessingException e) {
            return malformed(line, fieldOf(parser), unended, reason(e));
        }
    }

    private static <V> @Nullable V value(Column<?, V> column, JsonToken token, JsonParser parser) throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            if (column.isRequired()) {
                throw new InvalidValueException("null", "a value, as the field is required");
            }
            return null;
        }
        boolean fits = switch (column.type().jsonKind()) {
            case STRING -> token == JsonToken.VALUE_STRING;
            case NUMBER -> token.isNumeric();
            case BOOLEAN -> token.isBoolean();
        };
        if (!fits) {
            throw new InvalidValueException(
                    shown(token, parser),
                    switch (column.type().jsonKind()) {
                        case STRING -> "a JSON string";
                        case NUMBER -> "a JSON number";
                        case BOOLEAN -> "true or false";
                    });
        }
        return column.type().parse(parser.getText());
    }

    private static String shown(JsonToken token, JsonParser parser) throws IOException {
        return switch (token) {
            case START_OBJECT -> "{…}";
            case START_ARRAY -> "[…]";
            case VALUE_STRING -> '"' + parser.getText() + '"';
            default -> parser.getText();
        };
    }

    private @Nullable Rejection missing(boolean[] seen, long line) {
        List<String> names = new ArrayList<>(0);
        for (int i = 0; i < seen.length; i++) {
            if (!seen[i] && columns.get(i).isRequired()) {
                names.add(columns.get(i).name());
            }
        }
        if (names.isEmpty()) {
            return null;
        }
        String others = names.size() == 1 ? "" : ", as are " + String.join(", ", names.subList(1, names.size()));
        return new Rejection(line, names.get(0), null, "is missing" + others);
    }

    private static Rejection malformed(long line, @Nullable String field, boolean unended, String reason) {
        return new Rejection(
                line,
                field,
                null,
                unended
                        ? "is torn: the input ends within the line (%s)".formatted(reason)
                        : "must be one JSON object: " + reason);
    }

    private @Nullable String fieldOf(JsonParser parser) {
        JsonStreamContext context = parser.getParsingContext();
        JsonStreamContext parent = context.getParent();
        boolean topLevel = parent != null && parent.inRoot();
        String name = context.getCurrentName();
        return topLevel && name != null && order.hasColumn(name) ? name : null;
    }

    private static String reason(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        int marker = message.indexOf(" (start marker");
        String text = marker < 0 ? message : message.substring(0, marker);
        return "%s at byte %d".formatted(text, e.getLocation().getByteOffset() + 1);
    }
}
