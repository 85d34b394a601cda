package io.tributary.serving.dynamo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DynamoOptionsTest {
    private final DynamoOptions options = DynamoOptions.defaults();

    @Test
    void refusesWhatIsBeyondALimit() {
        assertThatThrownBy(() -> options.withShards(0)).hasMessage("Invalid shards: 0 (must be from 1 to 256)");
        assertThatThrownBy(() -> options.withVersions(1)).hasMessage("Invalid versions: 1 (must be from 2 to 100)");
        assertThatThrownBy(() -> options.withRequestsInFlight(257))
                .hasMessage("Invalid requestsInFlight: 257 (must be from 1 to 256)");
        assertThatThrownBy(() -> options.withMaxAttempts(0))
                .hasMessage("Invalid maxAttempts: 0 (must be from 1 to 100)");
        assertThatThrownBy(() -> options.withMaxPartialBytes(0))
                .hasMessage("Invalid maxPartialBytes: 0 (must be from 1 to 16777216)");
        assertThatThrownBy(() -> options.withTimeToLive(Duration.ofMinutes(1)))
                .hasMessage("Invalid timeToLive: PT1M (must be from PT1H to PT87600H)");
    }
}
