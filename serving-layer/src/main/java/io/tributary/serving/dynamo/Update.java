package io.tributary.serving.dynamo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** One conditional update of an item, in which names and values stand behind placeholders. */
final class Update {
    private final Map<String, String> placeholders = new LinkedHashMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();
    private final List<String> sets = new ArrayList<>();
    private final List<String> removes = new ArrayList<>();
    private final List<String> adds = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();

    /** A path into the item, for an expression. */
    String path(String... names) {
        List<String> steps = new ArrayList<>();
        for (String name : names) {
            steps.add(placeholders.computeIfAbsent(name, unknown -> "#n" + placeholders.size()));
        }
        return String.join(".", steps);
    }

    /** A value for an expression. */
    String value(AttributeValue value) {
        String placeholder = ":v" + values.size();
        values.put(placeholder, value);
        return placeholder;
    }

    Update set(String path, AttributeValue value) {
        sets.add(path + " = " + value(value));
        return this;
    }

    Update setIfAbsent(String path, AttributeValue value) {
        sets.add("%s = if_not_exists(%s, %s)".formatted(path, path, value(value)));
        return this;
    }

    /** Adds to a set, which is made if there is none. */
    Update add(String path, AttributeValue elements) {
        adds.add(path + " " + value(elements));
        return this;
    }

    Update remove(String path) {
        removes.add(path);
        return this;
    }

    /** Adds a condition; all must hold. */
    Update onlyIf(String condition) {
        conditions.add("(" + condition + ")");
        return this;
    }

    UpdateItemRequest request(String table, Map<String, AttributeValue> key) {
        Map<String, String> names = new HashMap<>();
        placeholders.forEach((name, placeholder) -> names.put(placeholder, name));
        List<String> clauses = new ArrayList<>();
        if (!sets.isEmpty()) {
            clauses.add("SET " + String.join(", ", sets));
        }
        if (!removes.isEmpty()) {
            clauses.add("REMOVE " + String.join(", ", removes));
        }
        if (!adds.isEmpty()) {
            clauses.add("ADD " + String.join(", ", adds));
        }
        UpdateItemRequest.Builder request = UpdateItemRequest.builder()
                .tableName(table)
                .key(key)
                .updateExpression(String.join(" ", clauses))
                .expressionAttributeNames(names)
                .returnValues(ReturnValue.ALL_NEW);
        if (!values.isEmpty()) {
            request.expressionAttributeValues(values);
        }
        if (!conditions.isEmpty()) {
            request.conditionExpression(String.join(" AND ", conditions));
        }
        return request.build();
    }
}
