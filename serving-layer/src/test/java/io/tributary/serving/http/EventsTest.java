package io.tributary.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EventsTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void eventsAreAsBrowsersReadThem() {
        assertThat(Events.event("set", bytes("{\"a\":\"담배\"}")))
                .isEqualTo(bytes("event: set\ndata: {\"a\":\"담배\"}\n\n"));
        assertThat(Events.id("epoch.7")).isEqualTo(bytes("id: epoch.7\n"));
        assertThat(Events.retry(2_000)).isEqualTo(bytes("retry: 2000\n\n"));
        assertThat(Events.heartbeat()).isEqualTo(bytes(":\n\n"));
    }
}
