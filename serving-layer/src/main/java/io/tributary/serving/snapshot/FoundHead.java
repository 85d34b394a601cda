package io.tributary.serving.snapshot;

import io.tributary.view.View;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The head of a view as it was found.
 *
 * @param head null when there is none, or none that can be read
 * @param version of its object; null when there is none
 */
record FoundHead(@Nullable Head head, @Nullable String version) {
    private static final String FILE = "head.json";

    static String key(View<?> view) {
        return view.name() + "/" + FILE;
    }

    static FoundHead read(SnapshotObjects objects, View<?> view) throws IOException {
        String key = key(view);
        Optional<SnapshotObjects.Versioned> object = objects.read(key);
        try {
            return object.isEmpty() ? new FoundHead(null, null) : parse(object.get(), view);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "Cannot read %s: %s (rebuild the view anew)".formatted(objects.describe(key), e.getMessage()), e);
        }
    }

    /** One that cannot be read is to be replaced. */
    static FoundHead readLeniently(SnapshotObjects objects, View<?> view) throws IOException {
        Optional<SnapshotObjects.Versioned> object = objects.read(key(view));
        try {
            return object.isEmpty() ? new FoundHead(null, null) : parse(object.get(), view);
        } catch (IllegalArgumentException e) {
            return new FoundHead(null, object.get().version());
        }
    }

    private static FoundHead parse(SnapshotObjects.Versioned object, View<?> view) {
        Head head = Head.parse(object.text());
        if (!head.view().equals(view.name())) {
            throw new IllegalArgumentException("it is that of view %s".formatted(head.view()));
        }
        return new FoundHead(head, object.version());
    }
}
