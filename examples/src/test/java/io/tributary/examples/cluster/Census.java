package io.tributary.examples.cluster;

import java.util.HashMap;
import java.util.Map;

/** How often each number was found in one place. */
final class Census {
    private final Map<Integer, Integer> times = new HashMap<>();

    void add(int number, int found) {
        if (found > 0) {
            times.merge(number, found, Integer::sum);
        }
    }

    /** How many of the numbers from 0 up to one there are not. */
    long lost(int numbers) {
        return numbers
                - times.keySet().stream().filter(number -> number < numbers).count();
    }

    /** How often numbers were found beyond once, or that were never given. */
    long duplicated(int numbers) {
        return times.entrySet().stream()
                .mapToLong(entry -> entry.getKey() < numbers ? entry.getValue() - 1 : entry.getValue())
                .sum();
    }

    int size() {
        return times.size();
    }

    boolean includes(Census other) {
        return times.keySet().containsAll(other.times.keySet());
    }
}
