package io.tributary.serving.dynamo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Numbers and instants as attribute values. An instant is its seconds since 1970, with a fraction if need be. */
final class Attributes {
    private Attributes() {}

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    static AttributeValue number(Instant value) {
        return AttributeValue.fromN(seconds(value));
    }

    static String seconds(Instant instant) {
        return BigDecimal.valueOf(instant.getEpochSecond())
                .add(BigDecimal.valueOf(instant.getNano(), 9))
                .stripTrailingZeros()
                .toPlainString();
    }

    static Instant instant(String seconds) {
        BigDecimal value = new BigDecimal(seconds);
        return Instant.ofEpochSecond(0).plusSeconds(floor(value)).plusNanos(nanos(value));
    }

    private static long floor(BigDecimal value) {
        return value.setScale(0, RoundingMode.FLOOR).longValueExact();
    }

    private static long nanos(BigDecimal value) {
        return value.subtract(BigDecimal.valueOf(floor(value)))
                .movePointRight(9)
                .longValueExact();
    }

    static AttributeValue required(Map<String, AttributeValue> item, String name) {
        @Nullable AttributeValue value = item.get(name);
        if (value == null) {
            throw new IllegalStateException("Invalid item: it has no %s but %s (is the table used for something else?)"
                    .formatted(name, item.keySet()));
        }
        return value;
    }

    static long longOf(Map<String, AttributeValue> item, String name) {
        return Long.parseLong(required(item, name).n());
    }
}
