package io.tributary.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * What every implementation of an interface promises. Each promise is checked on its own, so a test library can show
 * each as a test; {@link #check()} does without one.
 *
 * @param of what is under test, for messages
 * @param promises in the order in which they are read best
 */
public record Contract(String of, List<Promise> promises) {

    /** What keeps a promise or throws. */
    @FunctionalInterface
    public interface Check {
        /** Throws an {@link AssertionError} that names the value and what it must be. */
        void run() throws Exception;
    }

    /**
     * One promise.
     *
     * @param name a sentence without its subject, such as {@code keeps views apart}
     * @param kept checks it, on something new each time
     */
    public record Promise(String name, Check kept) {
        /** Throws when the promise is broken. */
        public void check() throws Exception {
            kept.run();
        }
    }

    public Contract {
        promises = List.copyOf(promises);
    }

    /**
     * Checks every promise.
     *
     * @throws AssertionError naming each that is broken, with the reasons as suppressed exceptions
     */
    public void check() {
        List<String> broken = new ArrayList<>();
        List<Throwable> reasons = new ArrayList<>();
        for (Promise promise : promises) {
            try {
                promise.check();
            } catch (Exception | AssertionError e) {
                broken.add("%s: %s".formatted(promise.name(), e.getMessage()));
                reasons.add(e);
            }
        }
        if (!broken.isEmpty()) {
            AssertionError error = new AssertionError("Invalid %s: %d of %d promises are broken%n  %s"
                    .formatted(of, broken.size(), promises.size(), String.join("\n  ", broken)));
            reasons.forEach(error::addSuppressed);
            throw error;
        }
    }

    @Override
    public String toString() {
        return of;
    }
}
