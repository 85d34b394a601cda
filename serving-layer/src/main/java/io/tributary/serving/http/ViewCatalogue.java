package io.tributary.serving.http;

import io.tributary.config.NearestNames;
import io.tributary.serving.LambdaView;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The views of a server by their names. */
final class ViewCatalogue {
    private final Map<String, LambdaView<?>> byName = new LinkedHashMap<>();

    ViewCatalogue(Collection<? extends LambdaView<?>> views) {
        for (LambdaView<?> view : views) {
            if (byName.putIfAbsent(view.view().name(), view) != null) {
                throw new IllegalArgumentException("Invalid views: %s is there twice (give each a name of its own)"
                        .formatted(view.view().name()));
            }
        }
    }

    Collection<LambdaView<?>> all() {
        return byName.values();
    }

    LambdaView<?> find(String name) {
        LambdaView<?> view = byName.get(name);
        if (view == null) {
            List<String> nearest = NearestNames.of(name, byName.keySet());
            throw new ProblemException(
                    404,
                    "Cannot find view %s (%s)"
                            .formatted(
                                    name,
                                    nearest.isEmpty()
                                            ? "see /api/views"
                                            : "did you mean %s?".formatted(String.join(", ", nearest))),
                    nearest);
        }
        return view;
    }
}
