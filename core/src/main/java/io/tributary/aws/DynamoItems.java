package io.tributary.aws;

import io.tributary.schema.Column;
import io.tributary.schema.InvalidValueException;
import io.tributary.schema.Rejection;
import io.tributary.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticImmutableTableSchema;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A schema's records as items of a table with one key. An attribute has its column's name, is S, N or BOOL
 * as the column is a string, number or boolean in JSON, and is absent where an optional value is. Attributes
 * of other names are passed over. Immutable and safe for threads.
 *
 * @param <V> the record
 */
public final class DynamoItems<V> {
    private static final int MAX_KEY_BYTES = 2048;

    private final Column<V, String> key;
    private final TableSchema<V> tableSchema;

    private DynamoItems(Column<V, String> key, TableSchema<V> tableSchema) {
        this.key = key;
        this.tableSchema = tableSchema;
    }

    /**
     * Describes the items.
     *
     * @param key a required column of the schema; the table's partition key, and its only one
     */
    public static <V> DynamoItems<V> of(Schema<V> schema, Column<V, String> key) {
        if (schema.indexOf(key) < 0 || !key.isRequired()) {
            throw new IllegalArgumentException(
                    "Invalid key: %s (must be a required column of %s)".formatted(key, schema));
        }
        StaticImmutableTableSchema.Builder<V, Draft> builder = StaticImmutableTableSchema.builder(
                        schema.recordType(), Draft.class)
                .newItemBuilder(() -> new Draft(schema.columns().size()), draft -> draft.finish(schema));
        for (int i = 0; i < schema.columns().size(); i++) {
            add(builder, schema.columns().get(i), i, key);
        }
        return new DynamoItems<>(key, builder.build());
    }

    private static <V, C> void add(
            StaticImmutableTableSchema.Builder<V, Draft> builder,
            Column<V, C> column,
            int position,
            Column<V, String> key) {
        builder.addAttribute(column.type().javaType(), attribute -> {
            attribute
                    .name(column.name())
                    .getter(row -> value(column, row))
                    .setter((draft, value) -> draft.set(position, value))
                    .attributeConverter(new DynamoConverter<>(column));
            if (column.equals(key)) {
                attribute.addTag(StaticAttributeTags.primaryPartitionKey());
            }
        });
    }

    private static <V, C> @Nullable C value(Column<V, C> column, V row) {
        C value;
        try {
            value = column.get(row);
        } catch (InvalidValueException e) {
            throw new IllegalArgumentException(Rejection.of(0, column.name(), e).toString());
        }
        if (value == null && column.isRequired()) {
            throw invalid(column.name(), null, "is null but required (give a value, or declare the column optional)");
        }
        return value;
    }

    private static IllegalArgumentException invalid(String field, @Nullable String value, String reason) {
        return new IllegalArgumentException(new Rejection(0, field, value, reason).toString());
    }

    /** For the SDK's enhanced client, such as for a scan. */
    public TableSchema<V> tableSchema() {
        return tableSchema;
    }

    Column<V, String> key() {
        return key;
    }

    /** Whether the table can have an item of that key at all. */
    boolean isPossibleKey(String value) {
        return !value.isEmpty() && DynamoItem.utf8Bytes(value) <= MAX_KEY_BYTES;
    }

    /**
     * The item of a record.
     *
     * @throws IllegalArgumentException naming key, field and value, when DynamoDB could not hold it
     */
    DynamoItem toItem(V row) {
        String keyValue = value(key, row);
        try {
            if (keyValue == null || !isPossibleKey(keyValue)) {
                throw invalid(key.name(), keyValue, "must have 1 to %d bytes, being the key".formatted(MAX_KEY_BYTES));
            }
            DynamoItem item = new DynamoItem(keyValue, tableSchema.itemToMap(row, true));
            if (item.storedBytes() > DynamoItem.MAX_STORED_BYTES) {
                throw new IllegalArgumentException("it has %,d bytes (an item has at most %,d)"
                        .formatted(item.storedBytes(), DynamoItem.MAX_STORED_BYTES));
            }
            return item;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Cannot write item %s: %s".formatted(keyValue, e.getMessage()), e);
        }
    }

    /** @throws IllegalArgumentException naming field and value, when the item is not a record */
    V fromItem(Map<String, AttributeValue> item) {
        return tableSchema.mapToItem(item);
    }

    /** The key of an item, or of the key alone. */
    String keyOf(Map<String, AttributeValue> item) {
        AttributeValue value = item.get(key.name());
        if (value == null || value.s() == null) {
            throw invalid(key.name(), String.valueOf(value), "must be the key, of type S");
        }
        return value.s();
    }

    Map<String, AttributeValue> keyItem(String value) {
        return Map.of(key.name(), AttributeValue.fromS(value));
    }

    /** The values of a record to be. */
    private static final class Draft {
        private final @Nullable Object[] values;

        Draft(int size) {
            this.values = new @Nullable Object[size];
        }

        void set(int position, Object value) {
            values[position] = value;
        }

        <V> V finish(Schema<V> schema) {
            List<String> missing = new ArrayList<>(0);
            for (int i = 0; i < values.length; i++) {
                Column<V, ?> column = schema.columns().get(i);
                if (values[i] == null && column.isRequired()) {
                    missing.add(column.name());
                }
            }
            if (!missing.isEmpty()) {
                throw invalid(String.join(", ", missing), null, "is missing but required");
            }
            return schema.create(values);
        }
    }
}
