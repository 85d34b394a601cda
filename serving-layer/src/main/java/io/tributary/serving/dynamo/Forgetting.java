package io.tributary.serving.dynamo;

import io.tributary.view.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Hides the old partitions of a view, then deletes their items page by page. */
final class Forgetting {
    private final View<?> view;
    private final Requests requests;
    private final ItemLayout layout;
    private final ControlItem controlItem;

    Forgetting(View<?> view, Requests requests, ControlItem controlItem) {
        this.view = view;
        this.requests = requests;
        this.layout = new ItemLayout(view);
        this.controlItem = controlItem;
    }

    void forget(Instant before) {
        Control control = controlItem.forget(before);
        for (Instant partition :
                control.partitions().headMap(control.forgotten()).keySet()) {
            for (int shard = 0; shard < control.shards(); shard++) {
                delete(layout.partitionKey(partition, shard));
            }
            controlItem.drop(List.of(partition), control);
        }
    }

    private void delete(String partitionKey) {
        String action = "forget view " + view.name();
        @Nullable Map<String, AttributeValue> next = null;
        do {
            QueryRequest request = QueryRequest.builder()
                    .tableName(requests.table())
                    .consistentRead(true)
                    .keyConditionExpression("pk = :pk")
                    .expressionAttributeValues(Map.of(":pk", Attributes.text(partitionKey)))
                    .projectionExpression("pk, sk")
                    .exclusiveStartKey(next)
                    .build();
            QueryResponse page = requests.send(action, () -> requests.client().query(request));
            List<WriteRequest> deletes = new ArrayList<>();
            for (Map<String, AttributeValue> key : page.items()) {
                deletes.add(
                        WriteRequest.builder().deleteRequest(d -> d.key(key)).build());
            }
            requests.write(action, deletes);
            next = page.lastEvaluatedKey().isEmpty() ? null : page.lastEvaluatedKey();
        } while (next != null);
    }
}
