package io.tributary.examples.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM that can be killed, frozen and kept from writing. Its output is in a file. */
final class JavaProcess implements AutoCloseable {
    private final Process process;

    private JavaProcess(Process process) {
        this.process = process;
    }

    /** @param arguments of the JVM, with the main class and its own behind them */
    static JavaProcess start(String classPath, List<String> arguments, Map<String, String> environment, Path log) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(classPath);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new JavaProcess(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end. */
    int await(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("Cannot wait for a process: it did not end within " + patience);
        }
        return process.exitValue();
    }

    /** Ends it at once, as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    void freeze() throws IOException, InterruptedException {
        run("kill", "-STOP", "" + process.pid());
    }

    void thaw() throws IOException, InterruptedException {
        run("kill", "-CONT", "" + process.pid());
    }

    /** From now on, what it writes to any file beyond so many bytes fails, as on a full disk. It may end of it. */
    void limitFiles(int bytes) throws IOException, InterruptedException {
        limitFiles("" + bytes);
    }

    void limitFilesNoMore() throws IOException, InterruptedException {
        limitFiles("unlimited");
    }

    private void limitFiles(String bytes) throws IOException, InterruptedException {
        try {
            run("prlimit", "--pid", "" + process.pid(), "--fsize=%s:unlimited".formatted(bytes));
        } catch (IOException e) {
            if (process.isAlive()) {
                throw e;
            }
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException("Cannot run %s: it ended with code %d".formatted(String.join(" ", command), code));
        }
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
