package io.tributary.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.aws.testing.NodeEmulator;
import java.io.IOException;
import java.net.HttpURLConnection;
import org.junit.jupiter.api.Test;

@RequiresNode
class NodeEmulatorIT {
    @Test
    void startsDynamoDb() throws IOException {
        try (NodeEmulator emulator = NodeEmulator.dynamoDb()) {
            assertThat(status(emulator)).isEqualTo(200);
        }
    }

    @Test
    void startsKinesis() throws IOException {
        try (NodeEmulator emulator = NodeEmulator.kinesis()) {
            assertThat(status(emulator)).isEqualTo(404);
        }
    }

    private static int status(NodeEmulator emulator) throws IOException {
        return ((HttpURLConnection) emulator.endpoint().toURL().openConnection()).getResponseCode();
    }
}
