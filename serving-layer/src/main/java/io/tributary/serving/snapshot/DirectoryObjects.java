package io.tributary.serving.snapshot;

import io.tributary.view.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Files of a directory. A file is written hidden, forced to the disk and moved to its name. Processes that
 * replace one file take turns by a lock on another beside it; the directory must be one whose locks hold
 * for all of them.
 */
record DirectoryObjects(Path root) implements SnapshotObjects {
    /** The locks of files hold between processes only. */
    private static final Object WITHIN_PROCESS = new Object();

    @Override
    public Optional<Versioned> read(String key) throws IOException {
        try {
            byte[] bytes = Files.readAllBytes(root.resolve(key));
            return Optional.of(new Versioned(new String(bytes, StandardCharsets.UTF_8), Digest.of(bytes)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void put(String key, String text) throws IOException {
        Path file = root.resolve(key);
        Path hidden = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        Files.createDirectories(file.resolveSibling(""));
        try {
            Files.writeString(hidden, text, StandardOpenOption.CREATE_NEW);
            try (FileChannel channel = FileChannel.open(hidden, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(hidden);
        }
    }

    @Override
    public boolean replace(String key, String text, @Nullable String version) throws IOException {
        Path lock = root.resolve(key + ".lock");
        Files.createDirectories(lock.resolveSibling(""));
        synchronized (WITHIN_PROCESS) {
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                String now = read(key).map(Versioned::version).orElse(null);
                boolean unchanged = now == null ? version == null : now.equals(version);
                if (unchanged && held.isValid()) {
                    put(key, text);
                }
                return unchanged;
            }
        }
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        Path directory = root.resolve(prefix);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> prefix + file.getFileName()).sorted().toList();
        }
    }

    @Override
    public void delete(String key) throws IOException {
        Files.deleteIfExists(root.resolve(key));
    }

    @Override
    public String describe(String key) {
        return root.resolve(key).toString();
    }
}
