package io.tributary.examples.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class UntilInterruptedTest {
    @Test
    void whoIsToldToStopHasWaitedEnough() throws Exception {
        Thread stopping;
        try (UntilInterrupted process = UntilInterrupted.begin()) {
            stopping = new Thread(process::stop);
            stopping.start();
            process.await();
            assertThat(stopping.isAlive()).as("waits until all is closed").isTrue();
        }
        stopping.join();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void anInterruptionByOthersIsOne() {
        try (UntilInterrupted process = UntilInterrupted.begin()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(process::await).isInstanceOf(InterruptedException.class);
        }
    }
}
