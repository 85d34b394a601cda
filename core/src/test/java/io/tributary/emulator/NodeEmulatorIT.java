package io.tributary.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.tributary.aws.testing.NodeEmulator;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.Collections;
import org.junit.jupiter.api.Test;

@RequiresNode
class NodeEmulatorIT {
    @Test
    void startsDynamoDb() throws IOException {
        try (NodeEmulator emulator = NodeEmulator.dynamoDb()) {
            assertThat(status(emulator)).isEqualTo(200);
            otherMachinesDoNotReach(emulator);
        }
    }

    @Test
    void startsKinesis() throws IOException {
        try (NodeEmulator emulator = NodeEmulator.kinesis()) {
            assertThat(status(emulator)).isEqualTo(404);
            otherMachinesDoNotReach(emulator);
        }
    }

    private static int status(NodeEmulator emulator) throws IOException {
        return ((HttpURLConnection) emulator.endpoint().toURL().openConnection()).getResponseCode();
    }

    private static void otherMachinesDoNotReach(NodeEmulator emulator) throws IOException {
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(network.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    assertThatIOException()
                            .isThrownBy(() -> connect(new InetSocketAddress(
                                    address, emulator.endpoint().getPort())));
                }
            }
        }
    }

    private static void connect(InetSocketAddress address) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, 2_000);
        }
    }
}
