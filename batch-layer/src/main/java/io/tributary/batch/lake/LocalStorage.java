package io.tributary.batch.lake;

import io.tributary.view.Digest;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;

/** The files of a local directory. To put a file if absent needs a lock of the caller's. */
record LocalStorage(Path root) implements LakeStorage {

    @Override
    public NavigableMap<String, Long> list(String prefix, String after) throws IOException {
        Path start = root.resolve(prefix);
        NavigableMap<String, Long> sizes = new TreeMap<>();
        if (!Files.exists(start)) {
            return sizes;
        }
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String key = key(directory) + "/";
                if (!directory.equals(start) && key.compareTo(after) < 0 && !after.startsWith(key)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                sizes.put(key, 0L);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                sizes.put(key(file), attributes.size());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        return sizes;
    }

    @Override
    public NavigableMap<String, String> versions(String prefix, String name) throws IOException {
        NavigableMap<String, String> versions = new TreeMap<>();
        for (String key : list(prefix).keySet()) {
            if (key.endsWith("/" + name)) {
                versions.put(key, Digest.of(Files.readAllBytes(root.resolve(key))));
            }
        }
        return versions;
    }

    private String key(Path file) {
        return root.relativize(file).toString().replace(File.separatorChar, '/');
    }

    @Override
    public InputStream read(String key) throws IOException {
        return Files.newInputStream(root.resolve(key));
    }

    @Override
    public OptionalLong size(String key) throws IOException {
        Path file = root.resolve(key);
        return Files.exists(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
    }

    @Override
    public boolean putIfAbsent(String key, byte[] bytes) throws IOException {
        Path file = root.resolve(key);
        if (Files.exists(file)) {
            return false;
        }
        put(file, hidden -> Files.write(hidden, bytes, StandardOpenOption.CREATE_NEW));
        return true;
    }

    @Override
    public void putFile(String key, Path file) throws IOException {
        put(root.resolve(key), hidden -> Files.copy(file, hidden));
    }

    private interface Filling {
        void fill(Path hidden) throws IOException;
    }

    private static void put(Path file, Filling filling) throws IOException {
        Path hidden = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            Files.createDirectories(file.resolveSibling(""));
            filling.fill(hidden);
            try (FileChannel channel = FileChannel.open(hidden, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(hidden);
            throw e;
        }
    }

    @Override
    public void delete(String key) throws IOException {
        Files.deleteIfExists(root.resolve(key));
    }

    @Override
    public Path fetch(String key, Path directory) {
        return root.resolve(key);
    }

    @Override
    public String describe(String key) {
        return root.resolve(key).toString();
    }
}
