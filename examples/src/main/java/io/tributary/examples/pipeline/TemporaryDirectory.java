package io.tributary.examples.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory that is gone after use, also when the process is told to stop. */
public final class TemporaryDirectory implements AutoCloseable {
    private final Path path;
    private final Thread cleanUp = new Thread(this::delete, "delete-temporary-directory");

    private TemporaryDirectory(Path path) {
        this.path = path;
    }

    public static TemporaryDirectory create() throws IOException {
        TemporaryDirectory directory = new TemporaryDirectory(Files.createTempDirectory("tributary-"));
        Runtime.getRuntime().addShutdownHook(directory.cleanUp);
        return directory;
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(cleanUp);
        } catch (IllegalStateException e) {
            // The process is stopping: the hook runs, and finds nothing left to delete.
        }
    }

    /** Twice, as others who are told to stop may still put files there, and delete them. */
    private void delete() {
        String problem = "";
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                deleteTree();
                return;
            } catch (IOException | UncheckedIOException e) {
                problem = String.valueOf(e.getMessage());
            }
        }
        System.err.println("Cannot delete the temporary directory %s: %s".formatted(path, problem));
    }

    private void deleteTree() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path entry : deepestFirst) {
                Files.deleteIfExists(entry);
            }
        }
    }
}
