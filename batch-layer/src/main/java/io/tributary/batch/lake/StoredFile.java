package io.tributary.batch.lake;

import io.tributary.lake.LakeFile;
import io.tributary.lake.Manifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file in the storage of a lake, read with the name by which people find it. */
record StoredFile(LakeStorage storage, String key) {

    /**
     * Reads it to its end and tells what it holds.
     *
     * @throws IOException when it cannot be read, or ends within a line
     */
    LakeFile measure() throws IOException {
        try (InputStream in = storage.read(key)) {
            return LakeFile.measure(key.substring(key.lastIndexOf('/') + 1), in);
        } catch (IllegalArgumentException e) {
            throw new IOException("Cannot seal %s: %s".formatted(storage.describe(key), e.getMessage()), e);
        } catch (IOException e) {
            throw FileFailure.cannot("read", storage.describe(key), e);
        }
    }

    /** @throws IOException when it is missing, torn or contradicts itself */
    Manifest manifest() throws IOException {
        return manifest(bytes());
    }

    Manifest manifest(byte[] bytes) throws IOException {
        try {
            return Manifest.read(new ByteArrayInputStream(bytes));
        } catch (IllegalArgumentException e) {
            throw new IOException("Cannot read manifest %s: %s".formatted(storage.describe(key), e.getMessage()), e);
        }
    }

    /** The bytes of a manifest. */
    byte[] bytes() throws IOException {
        try (InputStream in = storage.read(key)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw FileFailure.cannot("read manifest", storage.describe(key), e);
        }
    }
}
