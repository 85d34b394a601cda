package io.tributary.view;

import io.tributary.schema.ColumnType;
import java.io.Serializable;

/** A column of a view's rows. */
public record ViewColumn(String name, ColumnType<?> type) implements Serializable {}
