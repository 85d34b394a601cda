package io.tributary.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.aws.testing.NodeEmulator;
import io.tributary.emulator.RequiresNode;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

@RequiresNode
class DynamoTableIT {
    private static DynamoDbAsyncClient client;

    @BeforeAll
    static void connect() {
        client = Dynalite.client();
    }

    @AfterAll
    static void close() {
        client.close();
    }

    @Test
    void createsATableOnDemandOnce() {
        DynamoTable<Part> table = DynamoTable.of(client, Dynalite.freshName(), Part.ITEMS);

        assertThat(table.createIfMissing()).isTrue();
        assertThat(table.createIfMissing()).isFalse();

        TableDescription description = client.describeTable(request -> request.tableName(table.name()))
                .join()
                .table();
        assertThat(description.tableStatus()).isEqualTo(TableStatus.ACTIVE);
        assertThat(description.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
        assertThat(description.attributeDefinitions()).hasSize(1);
    }

    @Test
    void isCreatedOnceByManyAtATime() {
        DynamoTable<Part> table = DynamoTable.of(client, Dynalite.freshName(), Part.ITEMS);
        List<CompletableFuture<Boolean>> all = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(table::createIfMissing))
                .toList();
        assertThat(all.stream().map(CompletableFuture::join).filter(created -> created))
                .hasSize(1);
    }

    @Test
    void refusesATableOfAnotherKey() {
        String name = Dynalite.freshName();
        client.createTable(request -> request.tableName(name)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(AttributeDefinition.builder()
                                .attributeName("code")
                                .attributeType(ScalarAttributeType.N)
                                .build())
                        .keySchema(KeySchemaElement.builder()
                                .attributeName("code")
                                .keyType(KeyType.HASH)
                                .build()))
                .join();
        DynamoTable<Part> table = DynamoTable.of(client, name, Part.ITEMS);
        assertThatThrownBy(table::createIfMissing)
                .isInstanceOf(DynamoException.class)
                .hasMessage(
                        "Cannot create table %s: it exists with the key code (must be code, of text; name another table)",
                        name);
    }

    @Test
    void saysThatNothingAnswers() {
        URI nobody = URI.create("http://127.0.0.1:" + NodeEmulator.freePort());
        try (DynamoDbAsyncClient lonely = Dynalite.client(nobody)) {
            assertThatThrownBy(() -> DynamoTable.of(lonely, "parts", Part.ITEMS).createIfMissing())
                    .isInstanceOfSatisfying(DynamoException.class, e -> {
                        assertThat(e.isWorthRetrying()).isTrue();
                        assertThat(e.requestId()).isEmpty();
                    })
                    .hasMessageMatching("Cannot create table parts: .*Connection refused.*");
        }
    }

    @Test
    void refusesANameThatNoTableCanHave() {
        for (String name : List.of("", "ab", "제품", "a b c", "x".repeat(256))) {
            assertThatThrownBy(() -> DynamoTable.of(client, name, Part.ITEMS))
                    .hasMessage("Invalid table name: %s (must match [A-Za-z0-9_.-]{3,255})", name);
        }
    }
}
