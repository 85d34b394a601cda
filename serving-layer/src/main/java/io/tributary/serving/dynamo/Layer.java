package io.tributary.serving.dynamo;

import static io.tributary.serving.dynamo.Attributes.longOf;
import static io.tributary.serving.dynamo.Attributes.number;
import static io.tributary.serving.dynamo.Attributes.required;

import io.tributary.view.SpeedStore.Commit;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a generation of writers has committed. It hides those below it from its first partition on.
 *
 * @param shown of its writers, by epoch
 */
record Layer(long generation, Instant first, Commit commit, Map<Long, Puts> shown) {
    private static final String GENERATION = "generation";
    private static final String FIRST = "first";
    private static final String CHECKPOINT = "checkpoint";
    private static final String AT = "at";
    private static final String SHOWN = "shown";

    static Layer parse(Map<String, AttributeValue> item) {
        return new Layer(
                longOf(item, GENERATION),
                Attributes.instant(required(item, FIRST).n()),
                new Commit(
                        longOf(item, CHECKPOINT),
                        Attributes.instant(required(item, AT).n())),
                Puts.parse(required(item, SHOWN)));
    }

    AttributeValue toAttribute() {
        return AttributeValue.fromM(Map.of(
                GENERATION, number(generation),
                FIRST, number(first),
                CHECKPOINT, number(commit.checkpoint()),
                AT, number(commit.at()),
                SHOWN, Puts.toAttribute(shown.values())));
    }
}
