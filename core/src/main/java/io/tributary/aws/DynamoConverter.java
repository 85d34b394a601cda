package io.tributary.aws;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import io.tributary.schema.ColumnType.JsonKind;
import io.tributary.schema.InvalidValueException;
import io.tributary.schema.Rejection;
import java.math.BigDecimal;
import software.amazon.awssdk.enhanced.dynamodb.AttributeConverter;
import software.amazon.awssdk.enhanced.dynamodb.AttributeValueType;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A column's values as attributes: text as S, numbers as N, booleans as BOOL, each as it stands in JSON. */
final class DynamoConverter<V> implements AttributeConverter<V> {
    private static final int LEAST_EXPONENT = -130;
    private static final int GREATEST_EXPONENT = 125;

    private final String name;
    private final ColumnType<V> type;

    DynamoConverter(Column<?, V> column) {
        this.name = column.name();
        this.type = column.type();
    }

    @Override
    public AttributeValue transformFrom(V value) {
        String text = type.wireText(value);
        return switch (type.jsonKind()) {
            case STRING -> AttributeValue.fromS(text);
            case NUMBER -> AttributeValue.fromN(inRange(text));
            case BOOLEAN -> AttributeValue.fromBool((Boolean) value);
        };
    }

    private String inRange(String number) {
        BigDecimal value = new BigDecimal(number);
        int exponent = value.precision() - value.scale() - 1;
        if (value.signum() != 0 && (exponent < LEAST_EXPONENT || exponent > GREATEST_EXPONENT)) {
            throw invalid(number, "must be 0 or between 1E-130 and 9.99E+125 in size, as DynamoDB's numbers are");
        }
        return number;
    }

    @Override
    public V transformTo(AttributeValue attribute) {
        String text = switch (type.jsonKind()) {
            case STRING -> attribute.s();
            case NUMBER -> attribute.n();
            case BOOLEAN -> attribute.bool() == null ? null : attribute.bool().toString();
        };
        if (text == null) {
            throw invalid(
                    attribute.toString(),
                    "must be of type %s, is of %s".formatted(attributeType(type.jsonKind()), attribute.type()));
        }
        try {
            return type.parse(text);
        } catch (InvalidValueException e) {
            throw new IllegalArgumentException(Rejection.of(0, name, e).toString());
        }
    }

    private IllegalArgumentException invalid(String value, String reason) {
        return new IllegalArgumentException(new Rejection(0, name, value, reason).toString());
    }

    private static AttributeValueType attributeType(JsonKind kind) {
        return switch (kind) {
            case STRING -> AttributeValueType.S;
            case NUMBER -> AttributeValueType.N;
            case BOOLEAN -> AttributeValueType.BOOL;
        };
    }

    @Override
    public EnhancedType<V> type() {
        return EnhancedType.of(type.javaType());
    }

    @Override
    public AttributeValueType attributeValueType() {
        return attributeType(type.jsonKind());
    }
}
