package io.tributary.serving.snapshot;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Objects in memory, with a gap before each step in which others may have been faster. */
final class GappedObjects implements SnapshotObjects {
    private static final Pattern RANDOM = Pattern.compile("\"writer\" : \"[^\"]*\"");

    private final HandOver handOver;
    private final boolean unfenced;
    private final MemoryObjects objects = new MemoryObjects();

    GappedObjects(HandOver handOver, boolean unfenced) {
        this.handOver = handOver;
        this.unfenced = unfenced;
    }

    @Override
    public Optional<Versioned> read(String key) {
        if (key.endsWith(".ndjson")) {
            handOver.gap("reader before its snapshot");
        }
        return objects.read(key);
    }

    @Override
    public void put(String key, String text) {
        objects.put(key, text);
    }

    @Override
    public boolean replace(String key, String text, @Nullable String version) {
        handOver.gap("builder before the head");
        if (unfenced) {
            objects.put(key, text);
            return true;
        }
        return objects.replace(key, text, version);
    }

    @Override
    public List<String> list(String prefix) {
        return objects.list(prefix);
    }

    @Override
    public void delete(String key) {
        objects.delete(key);
    }

    @Override
    public String describe(String key) {
        return objects.describe(key);
    }

    String state() {
        StringBuilder state = new StringBuilder();
        for (String key : objects.list("")) {
            objects.read(key)
                    .ifPresent(object -> state.append(key)
                            .append(RANDOM.matcher(object.text()).replaceAll("")));
        }
        return state.toString();
    }
}
