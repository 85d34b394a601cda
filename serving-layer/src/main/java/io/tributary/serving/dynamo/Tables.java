package io.tributary.serving.dynamo;

import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Makes the table of a store. */
final class Tables {
    private static final Logger LOG = LoggerFactory.getLogger(Tables.class);
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");
    private static final int MOST_POLLS = 200;

    private final Requests requests;
    private final DynamoDbClient client;
    private final String table;

    Tables(Requests requests) {
        this.requests = requests;
        this.client = requests.client();
        this.table = requests.table();
    }

    static String checked(String table) {
        if (!NAME.matcher(table).matches()) {
            throw new IllegalArgumentException("Invalid table name: %s (must match %s)".formatted(table, NAME));
        }
        return table;
    }

    void create() {
        try {
            client.createTable(b -> b.tableName(table)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(key(ItemLayout.PK, KeyType.HASH), key(ItemLayout.SK, KeyType.RANGE))
                    .attributeDefinitions(text(ItemLayout.PK), text(ItemLayout.SK)));
        } catch (ResourceInUseException e) {
            LOG.debug("Table {} is there already", table);
        }
        awaitActive();
        expireItems();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private void awaitActive() {
        String action = "create table " + table;
        for (int poll = 1; poll <= MOST_POLLS; poll++) {
            try {
                TableStatus status =
                        client.describeTable(b -> b.tableName(table)).table().tableStatus();
                if (status == TableStatus.ACTIVE || status == TableStatus.UPDATING) {
                    return;
                }
            } catch (ResourceNotFoundException e) {
                LOG.debug("Table {} is not known everywhere yet", table);
            }
            requests.pause(action, Math.min(poll, 5));
        }
        throw new IllegalStateException(
                "Cannot %s: it is not active after %d polls (try again later)".formatted(action, MOST_POLLS));
    }

    private void expireItems() {
        try {
            if (expiry() == TimeToLiveStatus.DISABLED) {
                enableExpiry();
            }
        } catch (DynamoDbException e) {
            if (!"UnknownOperationException".equals(e.awsErrorDetails().errorCode())) {
                throw e;
            }
            LOG.info("Table {} keeps expired items: this endpoint knows no expiry", table);
        }
    }

    private TimeToLiveStatus expiry() {
        return client.describeTimeToLive(b -> b.tableName(table))
                .timeToLiveDescription()
                .timeToLiveStatus();
    }

    private void enableExpiry() {
        try {
            client.updateTimeToLive(b -> b.tableName(table)
                    .timeToLiveSpecification(t -> t.enabled(true).attributeName(ItemLayout.EXPIRES)));
        } catch (DynamoDbException e) {
            if (expiry() == TimeToLiveStatus.DISABLED) {
                throw e;
            }
            LOG.debug("The expiry of table {} was enabled by another", table);
        }
    }
}
