package io.tributary.examples.command;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The progress of long work, as a bar on standard error when that is a terminal, else not at all. */
final class Progress implements AutoCloseable {
    private static final int WIDTH = 80;

    private final @Nullable ProgressBar bar;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /**
     * Begins.
     *
     * @param total the number of steps; -1 when unknown
     */
    static Progress of(String task, long total) {
        if (!CommandLine.Help.Ansi.AUTO.enabled()) {
            return new Progress(null);
        }
        PrintStream err = System.err;
        return new Progress(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
                .setUpdateIntervalMillis(200)
                .build());
    }

    /** Shows nothing. */
    static Progress none() {
        return new Progress(null);
    }

    void to(long done) {
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
