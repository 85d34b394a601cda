package io.tributary.examples.bench;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each side in a JVM of its own, and both to the same rows. */
class FlinkBenchmarksIT {
    @ParameterizedTest
    @ValueSource(strings = {"tumble", "cumulate", "checkpoint", "labs", "growth"})
    void runsBothSidesToTheSameRows(String name) throws Exception {
        QuickRun.of(name);
    }
}
