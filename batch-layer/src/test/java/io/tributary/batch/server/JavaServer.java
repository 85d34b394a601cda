package io.tributary.batch.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A server in a JVM of its own, with a class path that clashes with the tests': the one of a project in
 * {@code src/test/servers}, which the build resolves before the integration tests. Its output is in a
 * file beside it.
 */
final class JavaServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Process process;
    private final Path log;

    private JavaServer(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * @param arguments of the JVM, with the main class and its own behind them
     * @throws UncheckedIOException with a {@link BindException} when it ended before it was up
     */
    static JavaServer start(String project, List<String> arguments, BooleanSupplier isUp) {
        try {
            Path target = root().resolve("batch-layer/target/servers")
                    .resolve(project)
                    .resolve("target");
            String classPath = target.resolve("classes")
                    + System.getProperty("path.separator")
                    + Files.readString(target.resolve("classpath")).strip();
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-cp");
            command.add(classPath);
            command.addAll(arguments);
            Path log = Files.createTempFile(target, "server", ".log");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            JavaServer server = new JavaServer(process, log);
            server.await(isUp);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await(BooleanSupplier isUp) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            boolean up = isUp.getAsBoolean();
            if (!process.isAlive()) {
                throw new BindException("Cannot start a server, see " + log);
            }
            if (up) {
                return;
            }
            if (System.nanoTime() > deadline) {
                close();
                throw new IOException("Cannot start a server in time, see " + log);
            }
            try {
                TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                close();
                throw new IOException("Cannot wait for a server: interrupted", e);
            }
        }
    }

    /** The folder of the whole build, which has {@code .mvn}. */
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("Cannot find the build's root: no folder above has .mvn");
        }
        return folder;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
