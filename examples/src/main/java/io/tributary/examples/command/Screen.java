package io.tributary.examples.command;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Shows frames, each in the place of the one before it on a terminal, one after the other elsewhere. */
sealed interface Screen extends AutoCloseable {
    /** How many rows a frame can have. */
    int rows();

    void show(Frame frame);

    @Override
    void close();

    /** A terminal when the standard output is one that can move its cursor; in colours unless NO_COLOR is set. */
    static Screen open(Map<String, String> environment) throws IOException {
        // With signals of its own the terminal would end the process before it has put anything in order.
        Terminal terminal = TerminalBuilder.builder()
                .nativeSignals(false)
                .systemOutput(TerminalBuilder.SystemOutput.SysOut)
                .dumb(true)
                .build();
        if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
            return new Paper(System.out);
        }
        boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Glass(System.out, terminal.getHeight(), colours);
    }

    /**
     * Lets a file or a pipe have all that was printed.
     *
     * @throws UncheckedIOException when it takes nothing, such as a pipe that nobody reads any more
     */
    static void flush(PrintStream out) {
        if (out.checkError()) {
            String message = "Cannot write to standard output: nobody reads it any more, or it is full";
            throw new UncheckedIOException(message, new IOException(message));
        }
    }

    /** A file or a pipe: a table for each change. */
    final class Paper implements Screen {
        private static final int ROWS = 10;

        private final PrintStream out;
        private List<String> shown = List.of();

        Paper(PrintStream out) {
            this.out = out;
        }

        @Override
        public int rows() {
            return ROWS;
        }

        @Override
        public void show(Frame frame) {
            if (frame.rows().equals(shown)) {
                return;
            }
            shown = frame.rows();
            out.println(frame.title());
            frame.head().forEach(out::println);
            frame.rows().forEach(out::println);
            out.printf("%s%n%s%n%n", frame.footer(), frame.coverage());
            Screen.flush(out);
        }

        @Override
        public void close() {}
    }

    /**
     * A terminal, on its alternate page, which is left as it was, also when the process is told to stop; the last
     * frame stays behind. Lines that are too long are cut by the terminal. Safe for use by several threads.
     */
    final class Glass implements Screen {
        private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l";
        private static final String LEAVE = "\u001b[?7h\u001b[?25h\u001b[?1049l";
        private static final String HOME = "\u001b[H";
        private static final String CLEAR_LINE = "\u001b[K";
        private static final String CLEAR_REST = "\u001b[J";
        private static final String BOLD = "\u001b[1m";
        private static final String GREEN = "\u001b[32m";
        private static final String RED = "\u001b[31m";
        private static final String PLAIN = "\u001b[0m";
        private static final int LINES_AROUND = 6;
        private static final int USUAL_HEIGHT = 24;

        private final PrintStream out;
        private final int height;
        private final boolean colours;
        private final Thread restore = new Thread(this::leave, "restore-terminal");
        private Set<String> before = Set.of();
        private String last = "";
        private boolean left;

        Glass(PrintStream out, int height, boolean colours) {
            this.out = out;
            this.height = height;
            this.colours = colours;
            Runtime.getRuntime().addShutdownHook(restore);
            out.print(ENTER + HOME + CLEAR_REST);
        }

        @Override
        public int rows() {
            return Math.max(1, (height > 0 ? height : USUAL_HEIGHT) - LINES_AROUND);
        }

        @Override
        public synchronized void show(Frame frame) {
            if (left) {
                return;
            }
            last = text(frame);
            out.print(HOME + last.replace("\n", CLEAR_LINE + "\n") + CLEAR_REST);
            out.flush();
            before = Set.copyOf(frame.rows());
        }

        private String text(Frame frame) {
            StringBuilder text = new StringBuilder();
            line(text, BOLD, frame.title());
            frame.head().forEach(head -> line(text, "", head));
            frame.rows().forEach(row -> line(text, before.isEmpty() || before.contains(row) ? "" : GREEN, row));
            line(text, "", frame.footer());
            line(text, frame.complete() ? GREEN : RED, frame.coverage());
            return text.toString();
        }

        private void line(StringBuilder text, String colour, String line) {
            boolean coloured = colours && !colour.isEmpty();
            text.append(coloured ? colour + line + PLAIN : line).append('\n');
        }

        private synchronized void leave() {
            if (!left) {
                left = true;
                out.print(LEAVE + last);
                out.flush();
            }
        }

        @Override
        public void close() {
            leave();
            try {
                Runtime.getRuntime().removeShutdownHook(restore);
            } catch (IllegalStateException e) {
                // The process is stopping: the hook runs, and finds the page left.
            }
        }
    }
}
