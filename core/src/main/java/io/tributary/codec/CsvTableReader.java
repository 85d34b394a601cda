package io.tributary.codec;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.tributary.schema.Column;
import io.tributary.schema.InvalidValueException;
import io.tributary.schema.Outcome;
import io.tributary.schema.Rejection;
import io.tributary.schema.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class CsvTableReader<R> extends RecordReader<R> {
    /** A lone surrogate: no encoding of a text can yield it. */
    static final char NOT_UTF_8 = '\uD800';

    private final Schema<R> schema;
    private final CsvReader<CsvRow> reader;
    private final Iterator<CsvRow> rows;
    private final QuoteCounter quotes;
    private final String source;
    private final int headerSize;
    private final int[] fieldOfColumn;
    private long quotesAsText;
    private @Nullable IOException failure;

    CsvTableReader(Schema<R> schema, CsvReader<CsvRow> reader, QuoteCounter quotes, String source) throws IOException {
        this.schema = schema;
        this.reader = reader;
        this.rows = reader.iterator();
        this.quotes = quotes;
        this.source = source;
        CsvRow first = nextRow();
        List<String> header = header(first == null ? List.of() : first.fields());
        this.headerSize = header.size();
        this.fieldOfColumn = schema.columns().stream()
                .mapToInt(column -> header.indexOf(column.name()))
                .toArray();
    }

    private List<String> header(List<@Nullable String> fields) throws IOException {
        List<String> header = new ArrayList<>();
        for (String field : fields) {
            header.add(field == null ? "" : field);
        }
        if (header.isEmpty() || header.equals(List.of(""))) {
            throw new IOException("Cannot read %s: it is empty (its first line must be the header %s)"
                    .formatted(source, String.join(",", names(schema.columns()))));
        }
        List<Column<R, ?>> missing = schema.columns().stream()
                .filter(column -> column.isRequired() && !header.contains(column.name()))
                .toList();
        List<Column<R, ?>> doubled = schema.columns().stream()
                .filter(column -> header.indexOf(column.name()) != header.lastIndexOf(column.name()))
                .toList();
        if (!missing.isEmpty() || !doubled.isEmpty()) {
            throw new IOException("Cannot read %s: its header%s%s%s"
                    .formatted(
                            source,
                            missing.isEmpty() ? "" : " lacks " + String.join(", ", names(missing)),
                            missing.isEmpty() || doubled.isEmpty() ? "" : " and",
                            doubled.isEmpty() ? "" : " has twice " + String.join(", ", names(doubled))));
        }
        return header;
    }

    private static <R> List<String> names(List<Column<R, ?>> columns) {
        return columns.stream().map(Column::name).toList();
    }

    @Override
    @Nullable
    Outcome<R> advance() throws IOException {
        CsvRow row = nextRow();
        if (row == null) {
            return null;
        }
        return row.endsQuoted() && isQuoteOpen() && isLast()
                ? rejected(row, null, null, "has a quote that is never closed, which hides what follows")
                : outcome(row);
    }

    private @Nullable CsvRow nextRow() throws IOException {
        if (!hasRow()) {
            return null;
        }
        CsvRow row = rows.next();
        quotesAsText += row.quotesAsText();
        return row;
    }

    /** Those that delimit fields come in pairs. */
    private boolean isQuoteOpen() {
        return (quotes.count() - quotesAsText) % 2 != 0;
    }

    private boolean isLast() {
        try {
            return !hasRow();
        } catch (IOException e) {
            return false;
        }
    }

    private boolean hasRow() throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            return rows.hasNext();
        } catch (UncheckedIOException e) {
            failure = e.getCause();
            throw failure;
        } catch (CsvParseException e) {
            failure = new IOException("Cannot read on in %s: %s".formatted(source, message(e)), e);
            throw failure;
        }
    }

    private static String message(CsvParseException e) {
        Throwable cause = e.getCause();
        String message = e.getMessage() + (cause == null ? "" : ": " + cause.getMessage());
        return message.replaceAll("\\s+", " ");
    }

    /** What a column takes; a text that is empty on purpose is quoted. */
    private static String required(Column<?, ?> column) {
        try {
            column.type().parse("");
            return "a text; quote it where it is to be empty";
        } catch (InvalidValueException e) {
            return e.requirement();
        }
    }

    private Outcome<R> outcome(CsvRow row) {
        if (row.fields().size() != headerSize) {
            return rejected(
                    row,
                    null,
                    null,
                    "must have the header's number of fields, %d, not %d"
                            .formatted(headerSize, row.fields().size()));
        }
        List<Column<R, ?>> columns = schema.columns();
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            Column<R, ?> column = columns.get(i);
            String field = fieldOfColumn[i] < 0 ? null : row.fields().get(fieldOfColumn[i]);
            if (field == null) {
                if (column.isRequired()) {
                    return rejected(row, column.name(), null, "is empty (must be %s)".formatted(required(column)));
                }
                continue;
            }
            String text = field;
            if (text.indexOf(NOT_UTF_8) >= 0) {
                return rejected(
                        row, column.name(), text.replace(NOT_UTF_8, '\uFFFD'), "must be UTF-8 (save the file in it)");
            }
            try {
                values[i] = column.type().parse(text);
            } catch (InvalidValueException e) {
                return text.isEmpty()
                        ? rejected(row, column.name(), null, "is empty (must be %s)".formatted(e.requirement()))
                        : rejected(row, Rejection.of(row.line(), column.name(), e));
            }
        }
        try {
            return Outcome.accepted(schema.create(values));
        } catch (InvalidValueException e) {
            return rejected(row, Rejection.of(row.line(), null, e));
        } catch (RuntimeException e) {
            return rejected(
                    row, null, null, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    private Outcome<R> rejected(CsvRow row, @Nullable String field, @Nullable String value, String reason) {
        return rejected(row, new Rejection(row.line(), field, value, reason));
    }

    private Outcome<R> rejected(CsvRow row, Rejection rejection) {
        return Outcome.rejected(rejection, row.text());
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
