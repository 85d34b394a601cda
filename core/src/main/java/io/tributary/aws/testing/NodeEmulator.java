package io.tributary.aws.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * An emulator of an AWS service that runs on Node.js: dynalite for DynamoDB, kinesis-local for Kinesis.
 * Installed once by npm, within a build of Maven into its {@code target/emulators}, elsewhere into {@code
 * .cache} of the user. It listens on loopback and ends with this process. Any credentials will do.
 */
public final class NodeEmulator implements AutoCloseable {
    private static final Map<String, String> PACKAGES = Map.of("dynalite", "4.0.0", "kinesis-local", "0.6.2");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 3;
    private static final Duration POLL = Duration.ofMillis(50);

    private final Process process;
    private final int port;
    private final Path log;

    private NodeEmulator(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Whether this machine has Node.js with npm. */
    public static boolean isAvailable() {
        return isOnPath("node") && isOnPath("npm");
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /**
     * DynamoDB. It has no TTL call and no transactions.
     *
     * @throws IllegalStateException when this machine has no Node.js
     */
    public static NodeEmulator dynamoDb() {
        return onFreePort(port ->
                start(List.of("cli.js", "--port", "" + port, "--createTableMs", "20"), Map.of(), port, "dynalite"));
    }

    /**
     * Kinesis, over plain HTTP. It throttles nothing.
     *
     * @throws IllegalStateException when this machine has no Node.js
     */
    public static NodeEmulator kinesis() {
        return onFreePort(port -> start(
                List.of("main.js"),
                Map.of(
                        "KINESIS_MOCK_PLAIN_PORT", "" + port,
                        "KINESIS_MOCK_TLS_PORT", "0",
                        "LOG_LEVEL", "ERROR"),
                port,
                "kinesis-local"));
    }

    /** Where it listens. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static NodeEmulator start(List<String> script, Map<String, String> environment, int port, String name) {
        if (!isAvailable()) {
            throw new IllegalStateException(
                    "Cannot start %s: node and npm are not on the PATH (install Node.js 20)".formatted(name));
        }
        try {
            Path directory = installed();
            Path log = directory.resolve("%s-%d.log".formatted(name, port));
            List<String> command = new ArrayList<>(
                    List.of("node", "--require", survival(directory).toString()));
            command.addAll(script);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.resolve("node_modules").resolve(name).toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            NodeEmulator emulator = new NodeEmulator(process, port, log);
            emulator.awaitConnection();
            return emulator;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * An emulator must outlive a client that breaks off a request, as tests of failures do. Left to themselves, they
     * listen on all interfaces.
     */
    private static Path survival(Path directory) throws IOException {
        Path script = directory.resolve(
                "survive-%d.js".formatted(ProcessHandle.current().pid()));
        return Files.writeString(script, """
                const { Server } = require('node:net')
                const listen = Server.prototype.listen
                Server.prototype.listen = function (where, ...rest) {
                  const port = typeof where === 'object' ? where.port : where
                  const listening = rest.find(argument => typeof argument === 'function')
                  return listen.call(this, { port, host: '127.0.0.1' }, listening)
                }
                process.on('uncaughtException', error => {
                  console.error(error)
                  if (error.syscall === 'listen') process.exit(1)
                })
                """);
    }

    private void awaitConnection() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            boolean listening = isListening();
            if (!process.isAlive()) {
                throw new BindException(cannotStart());
            }
            if (listening) {
                return;
            }
            if (System.nanoTime() > deadline) {
                close();
                throw new IOException(cannotStart());
            }
            sleep();
        }
    }

    private String cannotStart() throws IOException {
        return "Cannot start the emulator on port %d: %s".formatted(port, Files.readString(log));
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void sleep() {
        try {
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot wait for the emulator: interrupted", e);
        }
    }

    /** The directory with the packages. One process at a time installs, the others wait for it. */
    private static Path installed() throws IOException {
        Path directory = Files.createDirectories(home());
        try (FileChannel channel = FileChannel.open(
                        directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IOException("Cannot lock " + directory);
            }
            for (Map.Entry<String, String> wanted : PACKAGES.entrySet()) {
                if (!Files.exists(directory
                        .resolve("node_modules")
                        .resolve(wanted.getKey())
                        .resolve("package.json"))) {
                    install(directory);
                }
            }
        }
        return directory;
    }

    private static void install(Path directory) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--prefix", "."));
        PACKAGES.forEach((name, version) -> command.add(name + "@" + version));
        Path log = directory.resolve("npm.log");
        Process npm = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!npm.waitFor(5, TimeUnit.MINUTES) || npm.exitValue() != 0) {
                throw new IOException("Cannot install the emulators: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Cannot install the emulators: interrupted", e);
        } finally {
            npm.destroyForcibly();
        }
    }

    /** Within the folder of the whole build, which has {@code .mvn}. */
    private static Path home() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
        }
        return folder == null
                ? Path.of(System.getProperty("user.home"), ".cache", "tributary-emulators")
                : folder.resolve("target/emulators");
    }

    /**
     * What a starter starts on a port that was free a moment ago. The starter throws a {@link BindException} within an
     * {@link UncheckedIOException} when the port was taken meanwhile; then it gets another.
     */
    public static <T> T onFreePort(IntFunction<T> starter) {
        for (int left = ATTEMPTS - 1; ; left--) {
            try {
                return starter.apply(freePort());
            } catch (UncheckedIOException e) {
                if (left == 0 || !(e.getCause() instanceof BindException)) {
                    throw e;
                }
            }
        }
    }

    /** A port that is free now. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
