package io.tributary.examples.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

    @Test
    void whoWaitsNoLongerTellsSo() throws InterruptedException {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        PrintStream err = System.err;
        System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
        try (UntilInterrupted process = UntilInterrupted.begin(Duration.ofMillis(20))) {
            // By another thread, since it is this one that is interrupted.
            Thread stopping = new Thread(process::stop);
            stopping.start();
            assertThatThrownBy(stopping::join).isInstanceOf(InterruptedException.class);
            stopping.join();
        } finally {
            System.setErr(err);
        }

        assertThat(told.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("tributary: Cannot wait any longer: not all was closed within PT0.02S");
    }
}
