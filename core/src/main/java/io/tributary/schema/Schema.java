package io.tributary.schema;

import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a Java record, in the order of its components. Codecs, DDL, SQL and views are all
 * derived from it; a field is declared nowhere else.
 *
 * <p>The record's accessors must be what the columns get, one column a component, in order.
 *
 * @param <R> the record
 */
public final class Schema<R> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final Class<R> recordType;
    private final List<Column<R, ?>> columns;
    private final transient Map<String, Column<R, ?>> byName;
    private final transient MethodHandle constructor;

    private Schema(String name, Class<R> recordType, List<Column<R, ?>> columns) {
        this.name = name;
        this.recordType = recordType;
        this.columns = List.copyOf(columns);
        this.byName = new LinkedHashMap<>();
        columns.forEach(column -> byName.put(column.name(), column));
        this.constructor = constructor(recordType);
    }

    /**
     * Describes a record.
     *
     * @param name the table's name, in SQL's snake case
     * @throws IllegalArgumentException when the columns are not the record's components, naming each difference
     */
    @SafeVarargs
    public static <R extends Record> Schema<R> of(String name, Class<R> recordType, Column<R, ?>... columns) {
        List<String> problems = problems(recordType, columns);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("Invalid schema %s of %s: %s"
                    .formatted(name, recordType.getSimpleName(), String.join("; ", problems)));
        }
        return new Schema<>(name, recordType, Arrays.asList(columns));
    }

    private static List<String> problems(Class<?> recordType, Column<?, ?>[] columns) {
        List<String> problems = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Column<?, ?> column : columns) {
            if (!names.add(column.name())) {
                problems.add("column %s appears twice".formatted(column.name()));
            }
        }
        RecordComponent[] components = recordType.getRecordComponents();
        if (components.length != columns.length) {
            problems.add("%d columns for %d components".formatted(columns.length, components.length));
            return problems;
        }
        for (int i = 0; i < components.length; i++) {
            Class<?> type = components[i].getType();
            Column<?, ?> column = columns[i];
            if (!MethodType.methodType(type)
                    .wrap()
                    .returnType()
                    .equals(column.type().javaType())) {
                problems.add("column %s is of %s, component %s of %s"
                        .formatted(
                                column.name(),
                                column.type().javaType().getSimpleName(),
                                components[i].getName(),
                                type.getSimpleName()));
            }
            if (type.isPrimitive() && !column.isRequired()) {
                problems.add("column %s is optional, component %s a primitive %s (use %s)"
                        .formatted(
                                column.name(),
                                components[i].getName(),
                                type,
                                column.type().javaType().getSimpleName()));
            }
        }
        return problems;
    }

    private static MethodHandle constructor(Class<?> recordType) {
        try {
            Class<?>[] types = Arrays.stream(recordType.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<?> canonical = recordType.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            return MethodHandles.lookup()
                    .unreflectConstructor(canonical)
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "Invalid schema: cannot reach the constructor of %s (open its package to io.tributary.core)"
                            .formatted(recordType.getName()),
                    e);
        }
    }

    public String name() {
        return name;
    }

    public Class<R> recordType() {
        return recordType;
    }

    public List<Column<R, ?>> columns() {
        return columns;
    }

    public Optional<Column<R, ?>> column(String columnName) {
        return Optional.ofNullable(byName.get(columnName));
    }

    /** The position of a column of this schema, from 0; -1 for one of another. */
    public int indexOf(Column<R, ?> column) {
        return columns.indexOf(column);
    }

    /**
     * Makes a record of its columns' values, in order.
     *
     * @throws InvalidValueException or whatever the record's own constructor throws at a wrong value
     */
    public R create(@Nullable Object... values) {
        try {
            return recordType.cast((Object) constructor.invokeExact(values));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(
                    "Cannot make a %s: %s".formatted(recordType.getSimpleName(), e.getMessage()), e);
        }
    }

    private Object readResolve() {
        return new Schema<>(name, recordType, columns);
    }

    @Override
    public String toString() {
        return name + columns;
    }
}
