package io.tributary.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

class DynamoRetryTest {
    private final DynamoRetry retry = new DynamoRetry(
            DynamoTableOptions.defaults().withAttempts(3).withPauses(Duration.ofMillis(1), Duration.ofMillis(1)));
    private final List<List<Integer>> sent = new ArrayList<>();

    private void run(List<Integer> todo, Function<List<Integer>, CompletableFuture<List<Integer>>> service) {
        retry.run(todo, left -> {
                    sent.add(left);
                    return service.apply(left);
                })
                .join();
    }

    @Test
    void sendsAgainOnlyWhatIsLeftAndGoesOnWhileSomeOfItIsDone() {
        run(List.of(1, 2, 3, 4, 5, 6), todo -> CompletableFuture.completedFuture(todo.subList(1, todo.size())));
        assertThat(sent).hasSize(6).last().isEqualTo(List.of(6));
    }

    @Test
    void givesUpAfterSoManyAttemptsThatGetNothingDone() {
        assertThatThrownBy(() -> run(List.of(1, 2), CompletableFuture::completedFuture))
                .hasCauseInstanceOf(DynamoException.class)
                .hasMessageContaining("2 left unprocessed by each of 3 attempts in a row");
        assertThat(sent).hasSize(3);
    }

    @Test
    void sendsAllAgainAfterThrottlingAndNetworkFailures() {
        List<RuntimeException> failures = new ArrayList<>(List.of(
                ProvisionedThroughputExceededException.builder()
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("ProvisionedThroughputExceededException")
                                .build())
                        .build(),
                SdkClientException.create("reset", new IOException("reset"))));
        run(
                List.of(1, 2),
                todo -> failures.isEmpty()
                        ? CompletableFuture.completedFuture(List.of())
                        : CompletableFuture.failedFuture(new CompletionException(failures.remove(0))));
        assertThat(sent).containsExactly(List.of(1, 2), List.of(1, 2), List.of(1, 2));
    }

    @Test
    void doesNotRepeatWhatWillFailAgain() {
        for (RuntimeException hopeless : List.of(
                ResourceNotFoundException.builder().statusCode(400).build(),
                SdkClientException.create("no host", new UnknownHostException("nowhere")),
                SdkClientException.create("Unable to load credentials"),
                new IllegalArgumentException("not a record"))) {
            sent.clear();
            assertThatThrownBy(() -> run(List.of(1), todo -> CompletableFuture.failedFuture(hopeless)))
                    .hasCause(hopeless);
            assertThat(sent).hasSize(1);
        }
    }
}
