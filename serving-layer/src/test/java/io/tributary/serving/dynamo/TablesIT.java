package io.tributary.serving.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tributary.emulator.RequiresNode;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

@RequiresNode
class TablesIT {
    /** Tables are described eventually consistently: one that was just made may not be known yet. */
    @Test
    void awaitsATableThatIsNotKnownYet() {
        AtomicInteger described = new AtomicInteger();
        ExecutionInterceptor late = new ExecutionInterceptor() {
            @Override
            public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
                if (context.request() instanceof DescribeTableRequest && described.incrementAndGet() == 1) {
                    throw ResourceNotFoundException.builder()
                            .message("Requested resource not found")
                            .build();
                }
            }
        };
        try (Dynalite dynalite = new Dynalite();
                DynamoDbClient client = dynalite.client(late);
                DynamoSpeedStore store = DynamoSpeedStore.open(client, "speed-views", DynamoOptions.defaults())) {
            assertThatCode(store::createTable).doesNotThrowAnyException();
            assertThat(described).hasValueGreaterThan(1);
        }
    }
}
