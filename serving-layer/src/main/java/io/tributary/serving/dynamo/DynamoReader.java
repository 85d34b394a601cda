package io.tributary.serving.dynamo;

import io.tributary.serving.dynamo.ItemLayout.Chunk;
import io.tributary.view.Slices;
import io.tributary.view.SpeedStore.Contents;
import io.tributary.view.SpeedStore.State;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Reads the state that the control item named at one moment: the newest visible version of each slice. When a
 * version is gone meanwhile, or partitions were forgotten, the read begins anew.
 */
final class DynamoReader<R> {
    private final View<R> view;
    private final Requests requests;
    private final ItemLayout layout;
    private final ControlItem controlItem;
    private final DynamoOptions options;
    private final InstantSource clock;

    DynamoReader(View<R> view, Requests requests, ControlItem controlItem, DynamoOptions options, InstantSource clock) {
        this.view = view;
        this.requests = requests;
        this.layout = new ItemLayout(view);
        this.controlItem = controlItem;
        this.options = options;
        this.clock = clock;
    }

    Contents read(Instant cut, TimeRange range, State state) {
        String action = "read view %s from table %s".formatted(view.name(), requests.table());
        for (int attempt = 1; attempt <= options.maxAttempts(); attempt++) {
            Control control = controlItem.read();
            if (control == null) {
                return Contents.none();
            }
            Instant forgotten = control.forgottenBefore(clock.instant());
            Instant first = cut.isBefore(forgotten) ? forgotten : cut;
            List<Instant> partitions =
                    List.copyOf(control.partitions().tailMap(first, true).keySet());
            try {
                Slices<R> slices = view.slices();
                for (ShownVersions versions : query(action, control, partitions, range, state)) {
                    versions.forEach(value -> slices.merge(layout.decode(value)));
                }
                if (partitions.isEmpty() || isKept(partitions.get(0))) {
                    return new Contents(
                            slices.toList(),
                            control.newest(state),
                            forgotten,
                            control.commit(),
                            control.isProvisional(state));
                }
            } catch (VersionGoneException e) {
                requests.pause(action, attempt);
            }
        }
        throw new IllegalStateException(
                "Cannot %s: its slices were replaced faster than they could be read, %d times (read a shorter range, or raise versions beyond %d)"
                        .formatted(action, options.maxAttempts(), options.versions()));
    }

    private boolean isKept(Instant partition) {
        Control after = controlItem.read();
        return after != null && !partition.isBefore(after.forgottenBefore(clock.instant()));
    }

    private List<ShownVersions> query(
            String action, Control control, List<Instant> partitions, TimeRange range, State state) {
        List<Callable<ShownVersions>> queries = new ArrayList<>();
        for (Instant partition : partitions) {
            Map<Long, Long> visible = control.visible(partition, state);
            for (int shard = 0; shard < control.shards(); shard++) {
                String partitionKey = layout.partitionKey(partition, shard);
                queries.add(() -> query(action, partitionKey, range, visible));
            }
        }
        return requests.inParallel(action, queries);
    }

    private ShownVersions query(String action, String partitionKey, TimeRange range, Map<Long, Long> visible) {
        ShownVersions versions = new ShownVersions(visible);
        @Nullable Map<String, AttributeValue> next = null;
        do {
            QueryRequest request = QueryRequest.builder()
                    .tableName(requests.table())
                    .consistentRead(true)
                    .keyConditionExpression("pk = :pk AND sk BETWEEN :from AND :to")
                    .expressionAttributeValues(Map.of(
                            ":pk", Attributes.text(partitionKey),
                            ":from", Attributes.text(ItemLayout.sortKeyFrom(range.firstSecond())),
                            ":to", Attributes.text(ItemLayout.sortKeyFrom(range.endSecond()))))
                    .exclusiveStartKey(next)
                    .build();
            var page = requests.send(action, () -> requests.client().query(request));
            for (Map<String, AttributeValue> item : page.items()) {
                Chunk chunk = ItemLayout.parse(item);
                versions.add(chunk);
            }
            next = page.lastEvaluatedKey().isEmpty() ? null : page.lastEvaluatedKey();
        } while (next != null);
        return versions;
    }
}
