package io.tributary.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class FailuresTest {
    /** Against the message of the SDK in use. */
    @Test
    void missingCredentialsAreToldInALineThatNamesTheFix() {
        try (DynamoDbClient client = DynamoDbClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.AP_NORTHEAST_2)
                .endpointOverride(URI.create("http://localhost:1"))
                .credentialsProvider(AwsCredentialsProviderChain.of(EnvironmentVariableCredentialsProvider.create()))
                .build()) {
            client.listTables();
        } catch (RuntimeException e) {
            assertThat(Failures.line(new IllegalStateException("Cannot list tables: " + e.getMessage(), e)))
                    .isEqualTo("Cannot list tables: no AWS credentials were found (set AWS_ACCESS_KEY_ID and"
                            + " AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or run where a role is attached)");
            return;
        }
        throw new AssertionError("it is answered");
    }
}
