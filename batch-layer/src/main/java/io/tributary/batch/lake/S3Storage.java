package io.tributary.batch.lake;

import io.tributary.aws.SdkReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects of a bucket below a prefix. */
record S3Storage(S3Client client, String bucket, String prefix) implements LakeStorage {
    private static final int NOT_FOUND = 404;
    /** Two writers put the same key at the same time: neither is known to have won. */
    private static final int CONFLICT = 409;

    private static final int PRECONDITION_FAILED = 412;
    private static final int NOT_IMPLEMENTED = 501;

    @Override
    public NavigableMap<String, Long> list(String directory, String after, String before) throws IOException {
        NavigableMap<String, Long> sizes = new TreeMap<>();
        forEach(directory, after, before, (key, found) -> sizes.put(key, found.size()));
        return sizes;
    }

    @Override
    public NavigableMap<String, String> versions(String directory, int levels, String name) throws IOException {
        NavigableMap<String, String> versions = new TreeMap<>();
        Set<String> directories = new HashSet<>();
        forEach(directory, directory, LakeStorage.behind(directory), (key, found) -> {
            String[] names = key.substring(directory.length()).split("/", -1);
            if (names.length == levels + 1 && names[levels].equals(name)) {
                versions.put(key, found.eTag().replace("\"", ""));
            } else if (names.length > levels) {
                directories.add(directory + String.join("/", List.of(names).subList(0, levels)) + "/");
            }
        });
        directories.removeIf(parent -> versions.containsKey(parent + name));
        directories.forEach(parent -> versions.put(parent, ""));
        return versions;
    }

    private void forEach(String directory, String after, String before, BiConsumer<String, S3Object> found)
            throws IOException {
        try {
            for (S3Object object : client.listObjectsV2Paginator(request ->
                            request.bucket(bucket).prefix(prefix + directory).startAfter(prefix + after))
                    .contents()) {
                String key = object.key().substring(prefix.length());
                if (key.compareTo(before) >= 0) {
                    return;
                }
                found.accept(key, object);
            }
        } catch (SdkException e) {
            throw failure(directory, e);
        }
    }

    @Override
    public InputStream read(String key) throws IOException {
        try {
            return client.getObject(request -> request.bucket(bucket).key(prefix + key));
        } catch (SdkException e) {
            throw failure(key, e);
        }
    }

    @Override
    public OptionalLong size(String key) throws IOException {
        try {
            return OptionalLong.of(
                    client.headObject(request -> request.bucket(bucket).key(prefix + key))
                            .contentLength());
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return OptionalLong.empty();
            }
            throw failure(key, e);
        } catch (SdkException e) {
            throw failure(key, e);
        }
    }

    /** By a conditional request; a store that has none is asked first, which leaves a gap between the two. */
    @Override
    public boolean putIfAbsent(String key, byte[] bytes) throws IOException {
        try {
            client.putObject(
                    request -> request.bucket(bucket).key(prefix + key).ifNoneMatch("*"), RequestBody.fromBytes(bytes));
            return true;
        } catch (S3Exception e) {
            return switch (e.statusCode()) {
                case PRECONDITION_FAILED, CONFLICT -> false;
                case NOT_IMPLEMENTED -> putIfNotFound(key, bytes);
                default -> throw failure(key, e);
            };
        } catch (SdkException e) {
            throw failure(key, e);
        }
    }

    private boolean putIfNotFound(String key, byte[] bytes) throws IOException {
        if (size(key).isPresent()) {
            return false;
        }
        try {
            client.putObject(request -> request.bucket(bucket).key(prefix + key), RequestBody.fromBytes(bytes));
            return true;
        } catch (SdkException e) {
            throw failure(key, e);
        }
    }

    @Override
    public void putFile(String key, Path file) throws IOException {
        try {
            client.putObject(request -> request.bucket(bucket).key(prefix + key), RequestBody.fromFile(file));
        } catch (SdkException e) {
            throw failure(key, e);
        }
    }

    @Override
    public void delete(String key) throws IOException {
        try {
            client.deleteObject(request -> request.bucket(bucket).key(prefix + key));
        } catch (SdkException e) {
            throw failure(key, e);
        }
    }

    @Override
    public Path fetch(String key, Path directory) throws IOException {
        Path file = directory.resolve(key.substring(key.lastIndexOf('/') + 1));
        try (InputStream in = read(key)) {
            Files.copy(in, file);
        }
        return file;
    }

    @Override
    public String describe(String key) {
        return "s3://%s/%s%s".formatted(bucket, prefix, key);
    }

    private IOException failure(String key, SdkException e) {
        if (e instanceof SdkServiceException service && service.statusCode() == NOT_FOUND) {
            NoSuchFileException missing = new NoSuchFileException(describe(key));
            missing.initCause(e);
            return missing;
        }
        return new IOException(SdkReason.of(e), e);
    }
}
