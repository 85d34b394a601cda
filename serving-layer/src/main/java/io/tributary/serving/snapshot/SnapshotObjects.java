package io.tributary.serving.snapshot;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Texts by their keys, which are paths with slashes. Each is put in one step, and whole. */
interface SnapshotObjects {

    /**
     * An object as it was read.
     *
     * @param version differs from that of all other contents that the object has had
     */
    record Versioned(String text, String version) {}

    /** Empty when there is no such object. */
    Optional<Versioned> read(String key) throws IOException;

    /** Puts an object that nobody changes; what is there already has the same name, hence the same content. */
    void put(String key, String text) throws IOException;

    /**
     * Puts an object if it still is as it was read.
     *
     * @param version null when there was none
     * @return false when it is not, or when that is in doubt
     */
    boolean replace(String key, String text, @Nullable String version) throws IOException;

    /** The keys that begin with a prefix, which ends in a slash. */
    List<String> list(String prefix) throws IOException;

    /** Does nothing when there is no such object. */
    void delete(String key) throws IOException;

    /** The name of an object by which people find it. */
    String describe(String key);
}
