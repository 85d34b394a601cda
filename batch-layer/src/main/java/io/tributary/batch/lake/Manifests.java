package io.tributary.batch.lake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tributary.lake.Manifest;
import io.tributary.partition.Partition;
import io.tributary.view.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Reads the manifests of a lake. Those read lately are known by their digests, and not parsed again. */
final class Manifests {
    /** What the known ones may name together, which is some 20 MB. */
    private static final long MOST_FILES = 100_000;

    private final LakeStorage storage;
    private final Cache<String, Manifest> known = Caffeine.newBuilder()
            .maximumWeight(MOST_FILES)
            .weigher((String digest, Manifest manifest) -> 1 + manifest.files().size())
            .executor(Runnable::run)
            .build();

    /**
     * What a partition is sealed by.
     *
     * @param digest of the bytes
     */
    record Seal(Manifest manifest, String digest) {}

    Manifests(LakeStorage storage) {
        this.storage = storage;
    }

    /** @throws IOException when it is missing, torn or contradicts itself */
    Seal of(Partition partition) throws IOException {
        String key = Listing.manifestOf(partition);
        byte[] bytes = new StoredFile(storage, key).bytes();
        String digest = Digest.of(bytes);
        Manifest manifest = known.getIfPresent(digest);
        if (manifest == null) {
            try {
                manifest = Manifest.read(new ByteArrayInputStream(bytes));
            } catch (IllegalArgumentException e) {
                throw new IOException(
                        "Cannot read manifest %s: %s".formatted(storage.describe(key), e.getMessage()), e);
            }
            known.put(digest, manifest);
        }
        return new Seal(manifest, digest);
    }
}
