package io.tributary.batch.lake;

import io.tributary.lake.LakeFile;
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
            throw new IOException("Cannot use %s: %s".formatted(storage.describe(key), e.getMessage()), e);
        } catch (IOException e) {
            throw FileFailure.cannot("read", storage.describe(key), e);
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
