package io.tributary.batch.lake;

import io.tributary.view.Digest;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of a local directory. To put a file if absent needs a lock of the caller's. Digests are remembered for as
 * long as a file has the same size, time and identity.
 */
final class LocalStorage implements LakeStorage {
    /** A file that was changed less long ago may be changed again within what its time distinguishes. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private static final Set<FileVisitOption> FOLLOWING_LINKS = Set.of(FileVisitOption.FOLLOW_LINKS);

    private final Path root;
    private final InstantSource clock;
    private final Map<String, Digested> digests = new ConcurrentHashMap<>();

    private record Digested(Stat stat, String digest) {}

    /** Tells a file from one that is put in its place. */
    private record Stat(
            long bytes, FileTime modified, @Nullable Object identity) {
        static Stat of(BasicFileAttributes attributes) {
            return new Stat(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
        }

        boolean isSettled(Instant now) {
            return modified.toInstant().isBefore(now.minus(SETTLED));
        }
    }

    /** @param clock that of the file system */
    LocalStorage(Path root, InstantSource clock) {
        this.root = root;
        this.clock = clock;
    }

    @Override
    public NavigableMap<String, Long> list(String prefix, String after, String before) throws IOException {
        Path start = root.resolve(prefix);
        NavigableMap<String, Long> sizes = new TreeMap<>();
        if (!Files.exists(start)) {
            return sizes;
        }
        Files.walkFileTree(start, FOLLOWING_LINKS, Integer.MAX_VALUE, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String key = key(directory) + "/";
                boolean isBefore = key.compareTo(after) < 0 && !after.startsWith(key);
                if (!directory.equals(start) && (isBefore || key.compareTo(before) >= 0)) {
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
    public NavigableMap<String, String> versions(String directory, int levels, String name) throws IOException {
        NavigableMap<String, String> versions = new TreeMap<>();
        for (String parent : directories(directory, levels)) {
            String key = parent + name;
            try {
                versions.put(key, digest(key));
            } catch (FileSystemException e) {
                if (Files.isDirectory(root.resolve(parent))) {
                    if (!(e instanceof NoSuchFileException)) {
                        throw e;
                    }
                    versions.put(parent, "");
                }
            }
        }
        if (digests.size() > versions.size()) {
            digests.keySet().retainAll(versions.keySet());
        }
        return versions;
    }

    private List<String> directories(String directory, int levels) throws IOException {
        List<String> found = List.of(directory);
        for (int level = 0; level < levels; level++) {
            List<String> below = new ArrayList<>();
            for (String key : found) {
                try (DirectoryStream<Path> children = Files.newDirectoryStream(root.resolve(key))) {
                    children.forEach(child -> below.add(key + child.getFileName() + "/"));
                } catch (NoSuchFileException | NotDirectoryException e) {
                    // Nothing in it.
                } catch (DirectoryIteratorException e) {
                    throw e.getCause();
                }
            }
            found = below;
        }
        return found;
    }

    private String digest(String key) throws IOException {
        Path file = root.resolve(key);
        Stat stat = Stat.of(Files.readAttributes(file, BasicFileAttributes.class));
        Digested known = digests.get(key);
        if (known != null && known.stat().equals(stat)) {
            return known.digest();
        }
        boolean settled = stat.isSettled(clock.instant());
        String digest = Digest.of(Files.readAllBytes(file));
        if (settled) {
            digests.put(key, new Digested(stat, digest));
        }
        return digest;
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
