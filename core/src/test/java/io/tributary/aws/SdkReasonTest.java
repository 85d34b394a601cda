package io.tributary.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchRuntimeException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

class SdkReasonTest {
    @Test
    void anAnswerIsToldWithItsCodeAndItsRequest() {
        AwsServiceException failure = AwsServiceException.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("SlowDown")
                        .errorMessage("Please reduce\n  your request rate.")
                        .build())
                .statusCode(503)
                .requestId("R1")
                .build();

        assertThat(SdkReason.of(failure))
                .isEqualTo("SlowDown: Please reduce your request rate. (status 503, request R1)");
    }

    @Test
    void whatHasNoAnswerIsToldByItsMessageOrItsKind() {
        assertThat(SdkReason.of(SdkClientException.create("Unable to execute:\n timed out ")))
                .isEqualTo("Unable to execute: timed out");
        assertThat(SdkReason.of(new IllegalStateException())).isEqualTo("IllegalStateException");
    }

    @Test
    void missingCredentialsAreToldWithTheFix() {
        try (DynamoDbAsyncClient client = DynamoDbAsyncClient.builder()
                .region(Region.AP_NORTHEAST_2)
                .endpointOverride(URI.create("http://localhost:1"))
                .credentialsProvider(AwsCredentialsProviderChain.of(
                        ContainerCredentialsProvider.builder().build()))
                .build()) {
            RuntimeException failure =
                    catchRuntimeException(() -> client.listTables().join());

            assertThat(SdkReason.of(DynamoFailures.unwrapped(failure)))
                    .isEqualTo("no AWS credentials were found (set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
                            + " AWS_PROFILE, or run where a role is attached)");
        }
    }
}
