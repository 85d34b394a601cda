package io.tributary.examples.bench;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuckDbBenchmarksIT {
    @ParameterizedTest
    @ValueSource(strings = {"compaction", "view-sql", "read", "refresh"})
    void runsBothSidesToTheSameResult(String name) throws Exception {
        QuickRun.of(name);
    }
}
