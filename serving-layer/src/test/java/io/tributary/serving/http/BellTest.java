package io.tributary.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BellTest {
    @Test
    void ringsThatAreNotHeardInTimeCountAsOne() throws InterruptedException {
        Bell bell = new Bell();
        assertThat(bell.await(Duration.ZERO)).isFalse();
        bell.ring();
        bell.ring();

        assertThat(bell.await(Duration.ZERO)).isTrue();
        assertThat(bell.await(Duration.ZERO)).isFalse();
        bell.ring();
        assertThat(bell.await(Duration.ZERO)).isTrue();
    }
}
