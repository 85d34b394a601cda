package io.tributary.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void whatThreadsWrappedIsToldOnOneLine() {
        IllegalStateException matter = new IllegalStateException("Cannot list tables:\n  no table");

        assertThat(Failures.line(new ExecutionException(new CompletionException(matter))))
                .isEqualTo("Cannot list tables: no table");
    }

    @Test
    void whatHasNoMessageIsToldByItsKind() {
        assertThat(Failures.line(new IllegalStateException(" "))).isEqualTo("Cannot go on: IllegalStateException");
    }

    @Test
    void anInterruptionIsAStop() {
        assertThat(Failures.line(new InterruptedException("sleep interrupted")))
                .isEqualTo("Stopped before it was done");
    }
}
