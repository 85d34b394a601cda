package io.tributary.batch;

import io.tributary.batch.query.Dialect;
import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import java.math.BigDecimal;
import java.sql.Timestamp;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.SQLDialect;
import org.jooq.conf.ParamType;
import org.jooq.conf.RenderKeywordCase;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** What a dialect calls things, rendered by jOOQ; the little that jOOQ does not have is written here as templates. */
final class Sql {
    static {
        // Before the first class of jOOQ that would print them.
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    private static final DataType<String> TEXT = SQLDataType.VARCHAR;
    private static final DataType<Timestamp> TIMESTAMP = SQLDataType.TIMESTAMP(6);
    private static final String TUPLE_SEPARATOR = "chr(31)";

    private final Dialect dialect;

    Sql(Dialect dialect) {
        this.dialect = dialect;
    }

    Dialect dialect() {
        return dialect;
    }

    boolean isDuckDb() {
        return dialect == Dialect.DUCKDB;
    }

    /** Renders all values as literals. */
    DSLContext render() {
        return render(ParamType.INLINED);
    }

    /** Renders values as positional parameters, but for those that were made literals. */
    DSLContext renderParameters() {
        return render(ParamType.INDEXED);
    }

    private DSLContext render(ParamType parameters) {
        Settings settings = new Settings()
                .withRenderFormatted(true)
                .withRenderKeywordCase(RenderKeywordCase.LOWER)
                .withParamType(parameters);
        return DSL.using(isDuckDb() ? SQLDialect.DUCKDB : SQLDialect.TRINO, settings);
    }

    /** A column of a relation, as it is stored. */
    static Field<?> stored(Name relation, Column<?, ?> column) {
        return DSL.field(relation.append(column.name()), storedType(column.type()));
    }

    static DataType<?> storedType(ColumnType<?> type) {
        return switch (type.hiveType()) {
            case "string" -> TEXT;
            case "int" -> SQLDataType.INTEGER;
            case "bigint" -> SQLDataType.BIGINT;
            case "double" -> SQLDataType.DOUBLE;
            case "boolean" -> SQLDataType.BOOLEAN;
            case "timestamp" -> TIMESTAMP;
            default -> decimalType(type);
        };
    }

    private static DataType<BigDecimal> decimalType(ColumnType<?> type) {
        return SQLDataType.DECIMAL(type.precision(), type.scale());
    }

    /** A stored column as a value that compares as its type does: an hour is a number, and zero has no sign. */
    static Field<?> value(Column<?, ?> column, Field<?> stored) {
        if (column.type().equals(ColumnType.hour())) {
            return stored.cast(SQLDataType.INTEGER);
        }
        if (column.type().equals(ColumnType.doublePrecision())) {
            return DSL.field("{0} + 0e0", SQLDataType.DOUBLE, stored);
        }
        return stored;
    }

    /** The canonical text of a value, or what its type reads as the same. */
    static Field<String> text(Field<?> value) {
        return value.getDataType().equals(TEXT) ? value.coerce(TEXT) : value.cast(TEXT);
    }

    /** The wall-clock second of a timestamp, rounded down. */
    Field<Long> second(Field<?> timestamp) {
        return DSL.field(
                "date_diff('second', timestamp '1970-01-01 00:00:00', date_trunc('second', {0}))",
                SQLDataType.BIGINT, timestamp);
    }

    /** A timestamp in UTC as the wall clock of a region shows it. */
    Field<?> inZone(Field<?> timestamp, String zone) {
        return isDuckDb()
                ? DSL.field("timezone({0}, timezone('UTC', {1}))", TIMESTAMP, DSL.inline(zone), timestamp)
                : DSL.field("at_timezone(with_timezone({1}, 'UTC'), {0})", TIMESTAMP, DSL.inline(zone), timestamp)
                        .cast(TIMESTAMP);
    }

    /** The first second of the slice; right for times before 1970, too. */
    static Field<Long> slice(Field<Long> second, long sliceSeconds) {
        Field<Long> size = DSL.inline(sliceSeconds);
        return second.minus(second.mod(size).plus(size).mod(size));
    }

    /** A text such that several of them can stand behind each other. */
    static Field<String> escaped(Field<String> text) {
        return DSL.field("replace(replace({0}, '\\', '\\\\'), " + TUPLE_SEPARATOR + ", '\\s')", TEXT, text);
    }

    static Field<String> separator() {
        return DSL.field(TUPLE_SEPARATOR, TEXT);
    }

    /** The first 60 bits of a text's MD5 digest, as a number. */
    Field<Long> hash(Field<String> text) {
        return isDuckDb()
                ? DSL.field("cast('0x' || substr(md5({0}), 1, 15) as bigint)", SQLDataType.BIGINT, text)
                : DSL.field("from_base(substr(to_hex(md5(to_utf8({0}))), 1, 15), 16)", SQLDataType.BIGINT, text);
    }

    /** An array in ascending order. */
    Field<?> sorted(Field<?> array) {
        return DSL.function(isDuckDb() ? "list_sort" : "array_sort", SQLDataType.OTHER, array);
    }

    /** The first elements of an array. */
    Field<?> first(Field<?> array, int length) {
        return isDuckDb()
                ? DSL.function("list_slice", SQLDataType.OTHER, array, DSL.inline(1), DSL.inline(length))
                : DSL.function("slice", SQLDataType.OTHER, array, DSL.inline(1), DSL.inline(length));
    }

    /** Two texts as an array. */
    Field<?> pair(Field<?> first, Field<?> second) {
        return isDuckDb()
                ? DSL.field("[{0}, {1}]", SQLDataType.OTHER, first, second)
                : DSL.field("array[{0}, {1}]", SQLDataType.OTHER, first, second);
    }

    Field<String> json(Field<?> array) {
        return isDuckDb()
                ? DSL.field("cast(to_json({0}) as varchar)", TEXT, array)
                : DSL.field("json_format(cast({0} as json))", TEXT, array);
    }
}
