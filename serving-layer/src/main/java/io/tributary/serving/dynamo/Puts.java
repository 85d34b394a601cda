package io.tributary.serving.dynamo;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The puts of one writer up to one of them; as a text {@code EPOCH:COUNT:NEWEST}, several are a set of texts.
 *
 * @param epoch of the writer
 * @param count how many puts
 * @param newest the start of the newest partition in them; null for none
 */
record Puts(long epoch, long count, @Nullable Instant newest) {
    static Puts parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalStateException(
                    "Invalid puts: %s (must have 3 parts; is the table used for something else?)".formatted(text));
        }
        return new Puts(
                Long.parseLong(parts[0]),
                Long.parseLong(parts[1]),
                parts[2].isEmpty() ? null : Attributes.instant(parts[2]));
    }

    /** By epoch; of one that comes twice, the later. */
    static Map<Long, Puts> parse(AttributeValue texts) {
        Map<Long, Puts> puts = new TreeMap<>();
        for (String text : texts.ss()) {
            Puts parsed = parse(text);
            puts.merge(parsed.epoch(), parsed, (one, other) -> one.count() >= other.count() ? one : other);
        }
        return puts;
    }

    static AttributeValue toAttribute(Collection<Puts> puts) {
        return AttributeValue.fromSs(puts.stream().map(Puts::toString).sorted().toList());
    }

    @Override
    public String toString() {
        return epoch + ":" + count + ":" + (newest == null ? "" : Attributes.seconds(newest));
    }
}
