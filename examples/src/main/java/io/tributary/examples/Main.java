package io.tributary.examples;

import io.tributary.examples.command.Tributary;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The executable; see {@code --help}. Unless told how large the heap may be, it runs in a Java process whose
 * heap is at most 1 GiB, since by default Java would take a quarter of the machine's memory before it collects.
 */
public final class Main {
    private static final String HEAP = "-Xmx1g";
    private static final long HEAP_BYTES = 1L << 30;

    private Main() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(isHeapBounded() ? Tributary.run(arguments) : runBounded(arguments));
    }

    private static boolean isHeapBounded() {
        return Runtime.getRuntime().maxMemory() <= HEAP_BYTES
                || jvmArguments().stream()
                        .anyMatch(argument -> argument.startsWith("-Xmx")
                                || argument.startsWith("-XX:MaxHeapSize")
                                || argument.startsWith("-XX:MaxRAM"));
    }

    private static List<String> jvmArguments() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }

    private static int runBounded(String[] arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArguments());
        command.add(HEAP);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process)));
        return process.waitFor();
    }

    /**
     * Waits, so that the process can put the terminal and its directories in order before the shell goes on; how long
     * that may take is known to its command.
     */
    private static void stop(Process process) {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
