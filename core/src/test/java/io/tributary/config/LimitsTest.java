package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static void check(int requests, Duration linger) {
        Limits.check()
                .between("requests", requests, 1, 50)
                .between("linger", linger, Duration.ZERO, Duration.ofDays(1))
                .enforce();
    }

    @Test
    void whatLiesWithinIsTakenToTheEnds() {
        check(1, Duration.ZERO);
        check(50, Duration.ofDays(1));
        Limits.check()
                .atLeast("maxSize", 1L, 1L)
                .between("mostBytes", (Long) null, 1, 2)
                .enforce();
    }

    @Test
    void allThatLiesOutsideIsToldAtOnce() {
        assertThatThrownBy(() -> check(0, Duration.ofSeconds(-1)))
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessage("""
                        Invalid requests: 0 (must be from 1 to 50)
                        Invalid linger: PT-1S (must be from PT0S to PT24H)""");
        assertThatThrownBy(() -> check(51, Duration.ofDays(1).plusNanos(1)))
                .hasMessageStartingWith("Invalid requests: 51")
                .hasMessageContaining("Invalid linger: PT24H0.000000001S");
    }

    @Test
    void aComponentIsToldOnce() {
        assertThatThrownBy(() -> Limits.check()
                        .atLeast("maxPause", 0, 1)
                        .holds("maxPause", 0, false, "at least firstPause, 2")
                        .holds("max", 0, false, "more")
                        .enforce())
                .hasMessage("Invalid maxPause: 0 (must be at least 1)\nInvalid max: 0 (must be more)");
    }

    @Test
    void aBlankIsQuotedAndASecretNotShown() {
        assertThatThrownBy(() -> Limits.check()
                        .holds("host", " ", false, "an address")
                        .holdsOfSecret("token", false, "longer")
                        .enforce())
                .hasMessage("Invalid host: ' ' (must be an address)\nInvalid token: it is not shown (must be longer)");
    }
}
