package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNamesTest {
    private static final List<String> NAMES = List.of("linger", "requests", "requestTimeout", "ordering");

    @Test
    void theFewestEditsComeFirst() {
        assertThat(NearestNames.of("lingr", NAMES)).startsWith("linger");
        assertThat(NearestNames.of("reqeusts", NAMES)).startsWith("requests");
        assertThat(NearestNames.of("Ordering", NAMES)).startsWith("ordering");
    }

    @Test
    void ofThoseThatContainTheTextTheShortestComesFirst() {
        assertThat(NearestNames.of("request", NAMES)).startsWith("requests", "requestTimeout");
    }

    @Test
    void whatIsFarFromAllHasNone() {
        assertThat(NearestNames.of("compression", NAMES)).isEmpty();
        assertThat(NearestNames.of("linger".repeat(20), NAMES)).isEmpty();
    }
}
