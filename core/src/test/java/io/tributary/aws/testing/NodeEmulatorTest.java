package io.tributary.aws.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeEmulatorTest {
    private final List<Integer> tried = new ArrayList<>();

    private int start(int port, int failures, IOException failure) {
        tried.add(port);
        if (tried.size() <= failures) {
            throw new UncheckedIOException(failure);
        }
        return port;
    }

    @Test
    void takesAnotherPortWhenOneWasTakenMeanwhile() {
        int started = NodeEmulator.onFreePort(port -> start(port, 2, new BindException("taken")));

        assertThat(tried).hasSize(3).last().isEqualTo(started);
    }

    @Test
    void givesUpWhenPortsAreTakenAgainAndAgainOrAnythingElseFails() {
        assertThatThrownBy(() -> NodeEmulator.onFreePort(port -> start(port, 9, new BindException("taken"))))
                .hasMessageContaining("taken");
        assertThat(tried).hasSize(3);

        tried.clear();
        assertThatThrownBy(() -> NodeEmulator.onFreePort(port -> start(port, 9, new IOException("slow"))))
                .hasMessageContaining("slow");
        assertThat(tried).hasSize(1);
    }
}
