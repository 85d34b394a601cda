package io.tributary.serving.dynamo;

import io.tributary.serving.dynamo.ItemLayout.Chunk;
import io.tributary.serving.dynamo.ItemLayout.Version;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Picks, of the versions of each slice, the newest that is visible: of the last epoch, then of the last put.
 * Items are read at different moments, so a version may have been overwritten in between. That shows:
 * the version that follows the newest visible one tells which it follows.
 */
final class ShownVersions {
    /** What is visible of an epoch of which all puts are read. */
    static final long PROVISIONAL = Long.MAX_VALUE;

    private final Map<Long, Long> visible;
    private final Map<String, List<Chunk>> slices = new HashMap<>();

    ShownVersions(Map<Long, Long> visible) {
        this.visible = visible;
    }

    void add(Chunk chunk) {
        slices.computeIfAbsent(chunk.sortPrefix(), prefix -> new ArrayList<>()).add(chunk);
    }

    /**
     * Gives the values of the slices that have a visible version.
     *
     * @throws VersionGoneException when one of them is not there any more
     */
    void forEach(Consumer<byte[]> values) {
        slices.forEach((prefix, chunks) -> newest(prefix, chunks).ifPresent(values));
    }

    private Optional<byte[]> newest(String prefix, List<Chunk> chunks) {
        NavigableMap<Long, NavigableMap<Long, Chunk>> epochs = new TreeMap<>();
        for (Chunk chunk : chunks) {
            if (chunk.index() == 0 && visible.containsKey(chunk.version().epoch())) {
                epochs.computeIfAbsent(chunk.version().epoch(), epoch -> new TreeMap<>())
                        .put(chunk.version().put(), chunk);
            }
        }
        for (Map.Entry<Long, NavigableMap<Long, Chunk>> epoch :
                epochs.descendingMap().entrySet()) {
            long last = visible.getOrDefault(epoch.getKey(), 0L);
            Map.Entry<Long, Chunk> shown = epoch.getValue().floorEntry(last);
            Map.Entry<Long, Chunk> next = epoch.getValue().higherEntry(last);
            long found = shown == null ? Version.NONE_BEFORE : shown.getKey();
            if (next != null && !follows(next.getValue().version(), found)) {
                throw new VersionGoneException(prefix);
            }
            if (shown != null
                    && last == PROVISIONAL
                    && value(shown.getValue(), chunks).isEmpty()) {
                // Its writer is still putting it, or failed at that: the one before it is the last as a whole.
                Version torn = shown.getValue().version();
                shown = epoch.getValue().lowerEntry(torn.put());
                if (!follows(torn, shown == null ? Version.NONE_BEFORE : shown.getKey())) {
                    throw new VersionGoneException(prefix);
                }
            }
            if (shown != null) {
                return Optional.of(value(shown.getValue(), chunks).orElseThrow(() -> new VersionGoneException(prefix)));
            }
        }
        return Optional.empty();
    }

    private static boolean follows(Version next, long put) {
        return next.before() == put || next.before() == Version.UNKNOWN_BEFORE;
    }

    /** Empty when a chunk of it is missing. */
    private static Optional<byte[]> value(Chunk first, List<Chunk> chunks) {
        if (first.count() == 1) {
            return Optional.of(first.bytes().asByteArrayUnsafe());
        }
        Chunk[] parts = new Chunk[first.count()];
        for (Chunk chunk : chunks) {
            if (isSame(first.version(), chunk.version()) && chunk.index() < parts.length) {
                parts[chunk.index()] = chunk;
            }
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        for (Chunk part : parts) {
            if (part == null) {
                return Optional.empty();
            }
            value.writeBytes(part.bytes().asByteArrayUnsafe());
        }
        return Optional.of(value.toByteArray());
    }

    private static boolean isSame(Version one, Version other) {
        return one.epoch() == other.epoch() && one.put() == other.put();
    }
}
