package io.tributary.schema;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;

/**
 * The type of a column: the Java class of its values, their canonical text, their order, how they
 * stand in JSON and how the lake's SQL stores them.
 *
 * <p>For every value {@code v}, {@code parse(format(v))} equals {@code v}; {@code parse} accepts more
 * than {@code format} writes only where a type says so. Values are never null here.
 *
 * @param <V> the Java class of the values
 */
public sealed interface ColumnType<V> extends Serializable
        permits TextType,
                IntegerType,
                LongType,
                DecimalType,
                DoubleType,
                BooleanType,
                DateType,
                DateTimeType,
                TimestampType,
                HourType,
                YesNoType {

    /** How a value stands in JSON. */
    enum JsonKind {
        STRING,
        NUMBER,
        BOOLEAN
    }

    Class<V> javaType();

    JsonKind jsonKind();

    /** The type in Hive's and Athena's DDL, such as {@code decimal(18,2)}. */
    String hiveType();

    /**
     * Reads a value.
     *
     * @throws InvalidValueException when the text is not a value of this type
     */
    V parse(String text);

    /** The canonical text of a value: on the wire, in keys and in the lake. */
    String format(V value);

    /** The text of a value as people and senders write it: decimals without needless zeros, {@code 1000.0}. */
    default String wireText(V value) {
        return format(value);
    }

    /** A total order, in which equal values, and only they, compare as 0. */
    Comparator<V> order();

    /** Whether sums of values are exact, so that they can be added up in any order. */
    default boolean isExactNumber() {
        return false;
    }

    /** The digits in all; 0 for all but decimals. */
    default int precision() {
        return 0;
    }

    /** The digits behind the point; 0 for all but decimals. */
    default int scale() {
        return 0;
    }

    /** Brings a value made in Java into the form that {@link #parse} gives; refuses one that has none. */
    default V normalize(V value) {
        return value;
    }

    static ColumnType<String> text() {
        return TextType.INSTANCE;
    }

    static ColumnType<Integer> integer() {
        return IntegerType.INSTANCE;
    }

    static ColumnType<Long> longInteger() {
        return LongType.INSTANCE;
    }

    /**
     * An exact decimal.
     *
     * @param precision the number of digits in all, 1 to 38
     * @param scale the number of them behind the point, 0 to precision
     */
    static ColumnType<BigDecimal> decimal(int precision, int scale) {
        return new DecimalType(precision, scale);
    }

    /** A finite floating-point number. Cannot be summed: its sums depend on the order of adding. */
    static ColumnType<Double> doublePrecision() {
        return DoubleType.INSTANCE;
    }

    static ColumnType<Boolean> bool() {
        return BooleanType.INSTANCE;
    }

    /** A day without a zone, {@code 2015-01-02}; stored as text. */
    static ColumnType<LocalDate> date() {
        return DateType.INSTANCE;
    }

    /** A wall-clock time without a zone, {@code 2015-01-02T20:45:22}, with 0 to 6 fraction digits. */
    static ColumnType<LocalDateTime> dateTime() {
        return DateTimeType.INSTANCE;
    }

    /** An instant, on the wire as UTC without a zone, {@code 2023-09-07T04:33:10.472585}, with 0 to 6 fraction digits. */
    static ColumnType<Instant> timestamp() {
        return TimestampType.INSTANCE;
    }

    /** The hour of a day, 0 to 23; stored as text, which is read padded ({@code "09"}) or not ({@code "9"}). */
    static ColumnType<Integer> hour() {
        return HourType.INSTANCE;
    }

    /** A flag that is stored as the text {@code Y} or {@code N}. */
    static ColumnType<Boolean> yesNo() {
        return YesNoType.INSTANCE;
    }
}
