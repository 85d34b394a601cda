package io.tributary.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class DynamoFailuresTest {
    private final DynamoFailures failures = new DynamoFailures("parts", Part.CODE);

    @Test
    void saysWhatToCheckWhenTheServiceIsNotReached() {
        SdkClientException unknown = SdkClientException.create("failed", new UnknownHostException("nowhere.invalid"));
        assertThat(failures.of("read", new CompletionException(unknown)))
                .hasMessage("Cannot read table parts: unknown host nowhere.invalid (check the region, the endpoint and"
                        + " the network)");

        SdkClientException refused = SdkClientException.create("failed", new ConnectException("Connection refused"));
        assertThat(failures.of("read", refused))
                .hasMessage("Cannot read table parts: could not connect: Connection refused (check the region, the"
                        + " endpoint and the network)")
                .matches(DynamoException::isWorthRetrying);

        SdkClientException slow = SdkClientException.create(
                "Unable to execute HTTP request: Acquire operation took longer than the maximum",
                new TimeoutException());
        assertThat(failures.of("read", slow))
                .hasMessage("Cannot read table parts: could not connect in time (check the region, the endpoint"
                        + " and the network)")
                .matches(DynamoException::isWorthRetrying);
    }
}
