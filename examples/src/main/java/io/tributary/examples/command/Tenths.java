package io.tributary.examples.command;

import java.util.Locale;

/** Progress for a log: a line on standard error for each tenth of the work. */
final class Tenths {
    private final String task;
    private final long total;
    private long told;

    Tenths(String task, long total) {
        this.task = task;
        this.total = total;
    }

    void to(long done) {
        long tenth = done * 10 / total;
        if (tenth > told) {
            told = tenth;
            System.err.printf(Locale.ROOT, "%s: %d %% (%,d of %,d)%n", task, tenth * 10, done, total);
        }
    }
}
