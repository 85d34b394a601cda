package io.tributary.batch;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.SQL;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Files of JSON lines as stored columns, in DuckDB. It takes every JSON number with a point for a double, which
 * keeps fifteen digits, and bends longer ones. All values are taken from their texts, so that a wrong one is an
 * error, and no number is rounded to its column nor a time with an offset taken for one without.
 */
final class JsonSql {
    /** Its name begins as no column's does. */
    private static final Name LINE = DSL.name("_line");

    private static final Name LINES = DSL.name("lines");
    /** Each thread reserves twice as much; a line of the lake has at most 1 MiB. */
    private static final int MOST_LINE_BYTES = 2 << 20;

    private static final int DIGITS_OF_A_DOUBLE = 15;
    private static final int DIGITS_OF_A_LONG = 19;
    private static final int MOST_DIGITS = 38;

    /** Those that the codec reads. */
    private static final Field<?> TIMES = DSL.field(
            "['%Y-%m-%dT%H:%M:%S', '%Y-%m-%dT%H:%M:%S.%f', '%Y-%m-%d %H:%M:%S', '%Y-%m-%d %H:%M:%S.%f']",
            SQLDataType.OTHER);

    private JsonSql() {}

    /** Whatever the numbers: they are put in quotes before a line is parsed, which takes several times as long. */
    static Select<Record> exact(Field<?> files, Collection<? extends Column<?, ?>> columns, List<Field<?>> more) {
        List<Field<?>> fields = new ArrayList<>();
        for (Column<?, ?> column : columns) {
            Field<String> text = DSL.function(
                    "struct_extract",
                    SQLDataType.VARCHAR,
                    DSL.field(LINES.append(LINE), SQLDataType.OTHER),
                    DSL.inline(column.name()));
            fields.add(value(column.type(), text).as(column.name()));
        }
        fields.addAll(more);
        return DSL.select(SourceSql.orNothing(fields)).from(parsed(files, columns, more));
    }

    /**
     * In one parsing. What it selects is what {@link #exact} selects. Where numbers have more digits than a double keeps,
     * and for some lines that are no good JSON objects, it fails instead.
     */
    static Select<Record> swift(Field<?> files, Collection<? extends Column<?, ?>> columns, List<Field<?>> more) {
        List<Field<?>> fields = new ArrayList<>();
        for (Column<?, ?> column : columns) {
            Field<String> text = DSL.field(DSL.name(column.name()), SQLDataType.VARCHAR);
            fields.add((isNumber(column)
                            ? kept(column.type(), text.cast(SQLDataType.VARCHAR))
                            : value(column.type(), text))
                    .as(column.name()));
        }
        fields.addAll(more);
        String structure = columns.stream()
                .map(column -> "\"%s\": '%s'".formatted(column.name(), isNumber(column) ? "JSON" : "VARCHAR"))
                .collect(Collectors.joining(", ", "{", "}"));
        return DSL.select(fields)
                .from(DSL.table(
                        "read_json({0}, format = 'newline_delimited', hive_partitioning = false, maximum_object_size = {1}, columns = {2}{3})",
                        files, DSL.inline(MOST_LINE_BYTES), DSL.raw(structure), origin(more)));
    }

    private static boolean isNumber(Column<?, ?> column) {
        return column.type().jsonKind() == ColumnType.JsonKind.NUMBER;
    }

    private static Field<?> value(ColumnType<?> type, Field<String> text) {
        if (type.hiveType().equals("string")) {
            return text;
        }
        if (type.hiveType().equals("timestamp")) {
            // A cast would pass over an offset.
            return DSL.function("strptime", SQLDataType.TIMESTAMP(6), text, TIMES);
        }
        Field<?> value = text.cast(Sql.storedType(type));
        if (!type.isExactNumber()) {
            return value;
        }
        int wholeDigits = type.hiveType().startsWith("decimal") ? type.precision() - type.scale() : DIGITS_OF_A_LONG;
        return DSL.field(
                "case when {0} <> {1} then {2} else {0} end",
                value.getDataType(),
                value,
                text.cast(SQLDataType.DECIMAL(MOST_DIGITS, MOST_DIGITS - wholeDigits)),
                tooLong(value.getDataType()));
    }

    /** The value of a number by its double, of whose digits none was lost; that of more whole digits by its text; or an error. */
    private static Field<?> kept(ColumnType<?> type, Field<String> text) {
        DataType<?> stored = Sql.storedType(type);
        if (!type.isExactNumber()) {
            return text.cast(stored);
        }
        Field<Double> number = text.cast(SQLDataType.DOUBLE);
        Field<?> value = number.cast(stored);
        Condition kept = DSL.condition(
                "abs({0}) < {1} and {2} = {0}",
                number,
                DSL.inline("1e" + (DIGITS_OF_A_DOUBLE - type.scale())).cast(SQLDataType.DOUBLE),
                value.cast(SQLDataType.DOUBLE));
        Condition whole = DSL.condition("{0} is null or regexp_full_match({0}, '-?[0-9]+')", text);
        return DSL.field(
                "case when {0} then {1} when {2} then {3} else {4} end",
                stored, kept, value, whole, text.cast(stored), tooLong(stored));
    }

    private static Field<?> tooLong(DataType<?> stored) {
        return DSL.function("error", stored, DSL.inline("a number has too many digits"));
    }

    /** The option that makes DuckDB tell the file of each line. */
    private static SQL origin(List<Field<?>> more) {
        return DSL.raw(more.isEmpty() ? "" : ", filename = '%s'".formatted(SourceSql.FILE.last()));
    }

    private static Table<?> parsed(Field<?> files, Collection<? extends Column<?, ?>> columns, List<Field<?>> more) {
        Table<?> lines = DSL.table(
                "read_json_objects({0}, format = 'newline_delimited', hive_partitioning = false, maximum_object_size = {1}{2})",
                files, DSL.inline(MOST_LINE_BYTES), origin(more));
        List<Field<?>> fields = new ArrayList<>(more);
        if (!columns.isEmpty()) {
            fields.add(parsedLine(columns).as(LINE));
        }
        return DSL.select(SourceSql.orNothing(fields)).from(lines).asTable(LINES);
    }

    private static Field<?> parsedLine(Collection<? extends Column<?, ?>> columns) {
        String structure = columns.stream()
                .map(column -> "\"%s\":\"VARCHAR\"".formatted(column.name()))
                .collect(Collectors.joining(",", "{", "}"));
        Field<String> line = DSL.field("cast(json as varchar)", SQLDataType.VARCHAR);
        return DSL.function("from_json", SQLDataType.OTHER, quoted(line, columns), DSL.inline(structure));
    }

    private static Field<String> quoted(Field<String> line, Collection<? extends Column<?, ?>> columns) {
        String names = columns.stream()
                .filter(JsonSql::isNumber)
                .map(column -> column.name())
                .collect(Collectors.joining("|"));
        if (names.isEmpty()) {
            return line;
        }
        String number = "(\"(?:%s)\"\\s*:\\s*)(-?[0-9][-+.0-9eE]*)".formatted(names);
        return DSL.function(
                "regexp_replace",
                SQLDataType.VARCHAR,
                line,
                DSL.inline(number),
                DSL.inline("\\1\"\\2\""),
                DSL.inline("g"));
    }
}
